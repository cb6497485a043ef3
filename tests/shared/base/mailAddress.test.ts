import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MailAddress } from '../../../shared/base/mailAddress.ts'

test('an address is taken with spaces around it, its domain without case', () => {
  expect(MailAddress.parse(' Nguyen.Van.A+khoi@NinhThuan.gov.VN ')).toBe(
    'Nguyen.Van.A+khoi@ninhthuan.gov.vn',
  )
})

test.each([
  '',
  'a',
  'a@b',
  'a@b..vn',
  '@b.vn',
  'a b@c.vn',
  '"a"@b.vn',
  'A <a@b.vn>',
  'a@b.vn, c@d.vn',
  'a@b.vn; c@d.vn',
  'a@b.vn\nBcc: c@d.vn',
  'a\r\n@b.vn',
  'a@[127.0.0.1]',
  `${'a'.repeat(65)}@b.vn`,
  `a@${'b.'.repeat(130)}vn`,
])('%j is refused', (typed) => {
  expect(MailAddress.safeParse(typed).success).toBe(false)
})

test('whatever is taken is one line of plain letters that no header can be made of', () => {
  const near = fc.stringMatching(
    /^[a-z.@\r\n\t ,;:<>"()\\+-]{1,12}@[a-z.\r\n ,<>-]{1,12}\.vn[\r\n ]?$/,
  )
  fc.assert(
    fc.property(near, (typed) => {
      const { data } = MailAddress.safeParse(typed)
      if (data !== undefined) expect(data).toMatch(/^[\w.+'-]+@[a-z0-9.-]+$/)
    }),
    { numRuns: 500, seed: 11 },
  )
})
