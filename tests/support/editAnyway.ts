import type { Page } from 'playwright-core'

/** An edit of words to which all have agreed has fallen to a draft: here it is made in the text all the same. */
export const editAnyway = (page: Page): Promise<void> =>
  page.locator('li').getByRole('button', { name: 'Vẫn sửa trực tiếp' }).click()
