import { expect, test } from 'vitest'
import { canPrint, unprintable } from '../../../server/signing/printableCharacters.ts'
import { placeDateLine, printModel, titleLines } from '../../../server/signing/printModel.ts'
import { printTable } from '../../../server/signing/printTable.ts'
import type { AgencyId } from '../../../shared/base/ids.ts'
import { placesFor } from '../../../shared/signing/places.ts'
import { sampleSource } from './signedFile.ts'

test('Decree 30: days below 10 and months 1 and 2 have a leading zero, other months do not', () => {
  expect(placeDateLine('Ninh Thuận', '2022-02-08')).toBe('Ninh Thuận, ngày 08 tháng 02 năm 2022')
  expect(placeDateLine('Ninh Thuận', '2022-03-28')).toBe('Ninh Thuận, ngày 28 tháng 3 năm 2022')
  expect(placeDateLine('', '2022-12-01')).toBe('ngày 01 tháng 12 năm 2022')
  expect(placeDateLine('Ninh Thuận', null)).toMatch(/^Ninh Thuận, ngày \.+ tháng \.+ năm \.+$/)
})

test('the type of document stands above its subject, however the title was written', () => {
  const two = titleLines('plan', 'KẾ HOẠCH\nHoạt động năm 2022\ncủa Khối')
  expect(two).toEqual({ heading: 'KẾ HOẠCH', subject: 'Hoạt động năm 2022 của Khối' })
  const one = titleLines('covenant', 'Bản giao ước thi đua khối năm 2022')
  expect(one).toEqual({ heading: 'Bản giao ước thi đua', subject: 'Khối năm 2022' })
  expect(titleLines('plan', 'Năm 2022')).toEqual({ heading: 'Kế hoạch', subject: 'Năm 2022' })
})

test('labels are printed as Decree 30 writes them, in both numbering models', () => {
  const labels = (kind: 'covenant' | 'plan' | 'regulation') =>
    printModel(sampleSource(kind)).body.flatMap((item) => ('label' in item ? [item.label] : []))
  expect(
    labels('covenant')
      .filter((l) => l !== '')
      .slice(0, 4),
  ).toEqual(['Điều 1.', '1.', '2.', '3.'])
  expect(
    labels('plan')
      .filter((l) => l !== '')
      .slice(0, 3),
  ).toEqual(['I.', '1.', 'a)'])
  expect(labels('regulation')).toContain('Chương V')
})

test('an annex and all behind it is printed after the signatures', () => {
  const { body, annexes } = printModel(sampleSource('regulation'))
  expect(annexes.length).toBe(1)
  expect(annexes[0]?.map(({ kind }) => kind)).toEqual(['head', 'note', 'line', 'table'])
  expect(body.some(({ kind }) => kind === 'table')).toBe(false)
})

test('recipients end with semicolons, the last with a full stop', () => {
  const { recipients } = printModel(sampleSource('plan')).signatures
  expect(recipients[0]).toBe('UBND tỉnh (để báo cáo);')
  expect(recipients.at(-1)).toMatch(/^Lưu: VT.*\.$/u)
  expect(recipients.join()).not.toMatch(/;;|\.\./u)
})

test('places: all persons, then all seals, in protocol order', () => {
  const signers = ['stc', 'snv'] as AgencyId[]
  expect(placesFor(signers).map(({ id, rank }) => [id, rank])).toEqual([
    ['stc:person', 0],
    ['snv:person', 1],
    ['stc:seal', 2],
    ['snv:seal', 3],
  ])
})

test('what the font can print: all of Vietnamese in both forms, no emoji, no Han; controls are no obstacle', () => {
  const letters = 'aăâeêioôơuưyđ'
  const tones = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
  for (const letter of letters + letters.toUpperCase())
    for (const tone of tones)
      for (const form of ['NFC', 'NFD'] as const)
        expect(unprintable((letter + tone).normalize(form))).toEqual([])
  for (const text of ['\n', '\u200b', '\u202e', '–', '“', '≥', '₫'])
    expect(unprintable(text)).toEqual([])
  for (const text of ['😀', '漢', '☐', '\u3000'])
    expect(canPrint(text.codePointAt(0) ?? 0)).toBe(false)
})

test('tables: header rows, spans and drawn widths', () => {
  const cell = (
    text: string,
    more: Partial<Parameters<typeof printTable>[0][0]['cells'][0]> = {},
  ) => ({
    header: false,
    colspan: 1,
    rowspan: 1,
    colwidth: null,
    paragraphs: [[{ text, marks: [] }]],
    ...more,
  })
  const table = printTable([
    { cells: [cell('A', { header: true, rowspan: 2 }), cell('B', { header: true, colspan: 2 })] },
    { cells: [cell('b1', { header: true }), cell('b2', { header: true })] },
    { cells: [cell('1'), cell('một hai ba bốn năm sáu bảy'), cell('3')] },
  ])
  expect(table.headerRows).toBe(2)
  expect(table.columns.length).toBe(3)
  expect(table.columns[1]).toBeGreaterThan(table.columns[2] ?? 0)
  expect(table.cells.map(({ inHeader }) => inHeader)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  const reaching = printTable([
    { cells: [cell('A', { header: true, rowspan: 2 })] },
    { cells: [cell('x', { colwidth: [40] })] },
  ])
  expect(reaching.headerRows).toBe(0)
})
