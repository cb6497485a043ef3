import type { Page } from 'playwright-core'

/** Answers the question that comes before words are changed to which all have agreed; what was typed is typed then. */
export const editAnyway = (page: Page): Promise<void> =>
  page
    .getByRole('dialog', { name: 'Lời này đã được nhất trí' })
    .getByRole('button', { name: 'Vẫn sửa trực tiếp' })
    .click()
