import { expect, test } from 'vitest'
import { initials } from '../../../client/sync/initials.ts'

test.each([
  ['STC', 'TC'],
  ['STNMT', 'TN'],
  ['VPUB', 'VP'],
  ['Sở Nội vụ', 'NV'],
  ['Văn phòng UBND tỉnh', 'VP'],
  ['', 'NĐ'],
])('an agency is told by two letters: %s', (agency, letters) => {
  const user = { id: 'u', name: 'Người điều hành', agencyId: null, agency, color: '#0e5a5a' }
  expect(initials(user)).toBe(letters)
})
