import type { CDPSession, Page } from 'playwright-core'

/** What stands there after each key of a syllable, as Telex makes it. */
export type Syllable = readonly string[]

/** The words of the report on input methods, syllable by syllable; what is between them is typed as it is. */
export const WORDS: Readonly<Record<string, readonly Syllable[]>> = {
  'thi đua': [
    ['t', 'th', 'thi'],
    ['d', 'đ', 'đu', 'đua'],
  ],
  'giao ước': [
    ['g', 'gi', 'gia', 'giao'],
    ['u', 'uo', 'ươ', 'ươc', 'ước'],
  ],
  nghiêm: [['n', 'ng', 'ngh', 'nghi', 'nghie', 'nghiê', 'nghiêm']],
  'khuỷu tay': [
    ['k', 'kh', 'khu', 'khuy', 'khuyu', 'khuỷu'],
    ['t', 'ta', 'tay'],
  ],
  'hoà hòa': [
    ['h', 'ho', 'hoa', 'hoà'],
    ['h', 'ho', 'hoa', 'hòa'],
  ],
  'ĐIỀU 1': [['D', 'Đ', 'ĐI', 'ĐIE', 'ĐIÊ', 'ĐIỀ', 'ĐIỀU'], ['1']],
}

/** How the letters get into the page: marked text of an input method, or Backspace and the letters anew (UniKey). */
export const FORMS = ['composed', 'retyped'] as const
export type Form = (typeof FORMS)[number]

export type VietnameseKeys = {
  /** One key of a syllable: what stood there by it becomes `after`. */
  step(form: Form, before: string, after: string): Promise<void>
  /** The syllable stands; the input method lets go of it. */
  commit(form: Form, syllable: string): Promise<void>
  /** A letter, digit or blank that no input method touches. */
  plain(letter: string): Promise<void>
  /** A key that the input method keeps for itself, as Enter to take what it offers. */
  swallowed(): Promise<void>
}

const BACKSPACE = { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 }
/** What Windows says of a letter that a program has sent. */
const VK_PACKET = 231

/** A Vietnamese keyboard through the browser's own input path. Nothing of a burst waits for what came before. */
export async function vietnameseKeys(page: Page): Promise<VietnameseKeys> {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  const press = (key: {
    key: string
    text?: string
    code?: string
    windowsVirtualKeyCode: number
  }) => [
    cdp.send('Input.dispatchKeyEvent', { type: key.text ? 'keyDown' : 'rawKeyDown', ...key }),
    cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key }),
  ]
  const letter = (text: string) => press({ key: text, text, windowsVirtualKeyCode: VK_PACKET })
  const burst = (erased: number, typed: string) =>
    Promise.all([
      ...Array.from({ length: erased }, () => press(BACKSPACE)).flat(),
      ...[...typed].flatMap(letter),
    ])
  return {
    async step(form, before, after) {
      if (form === 'composed') {
        const end = { selectionStart: after.length, selectionEnd: after.length }
        await cdp.send('Input.imeSetComposition', { text: after, ...end })
        return
      }
      const same = commonStart(before, after)
      await burst(before.length - same, after.slice(same))
    },
    async commit(form, syllable) {
      if (form === 'composed') await cdp.send('Input.insertText', { text: syllable })
    },
    async plain(text) {
      await burst(0, text)
    },
    async swallowed() {
      await Promise.all(press({ key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 }))
    },
  }
}

function commonStart(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}
