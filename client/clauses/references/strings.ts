import type { Words } from '../../base/words.ts'

export const vi = {
  'reference.insert': 'Chèn tham chiếu (gõ @)',
  'reference.pick': 'Điều khoản để dẫn chiếu',
  'reference.found_other': '{{count}} điều khoản. Chọn bằng phím mũi tên và Enter.',
  'reference.hint': 'Ctrl+bấm chuột, hoặc Alt+Enter, để đến điều khoản này',
  'reference.broken': 'Điều khoản được dẫn chiếu không còn',
  'reference.gone': 'Điều khoản được dẫn chiếu không còn trong văn bản.',
  'reference.cited_other': '{{count}} nơi dẫn chiếu đến điều khoản này:',
  'reference.citedMore_other': 'và {{count}} nơi khác.',
  'reference.deleteSelected': 'Xóa phần đã chọn?',
} as const satisfies Record<string, string>

export const en = {
  'reference.insert': 'Insert a reference (type @)',
  'reference.pick': 'Clause to refer to',
  'reference.found_one': '{{count}} clause. Choose it with Enter.',
  'reference.found_other': '{{count}} clauses. Choose with the arrow keys and Enter.',
  'reference.hint': 'Ctrl+click, or Alt+Enter, goes to this clause',
  'reference.broken': 'The clause referred to is gone',
  'reference.gone': 'The clause referred to is no longer in the document.',
  'reference.cited_one': '{{count}} place refers to this clause:',
  'reference.cited_other': '{{count}} places refer to this clause:',
  'reference.citedMore_one': 'and {{count}} more.',
  'reference.citedMore_other': 'and {{count}} more.',
  'reference.deleteSelected': 'Delete what is selected?',
} satisfies Words<typeof vi>

export const strings = { vi, en }
