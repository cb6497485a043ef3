import type { TextKey } from '../base/useText.ts'

/** Words for a code of the error table that closes a socket. */
export function refusalText(code: string): TextKey {
  switch (code) {
    case 'document/locked':
    case 'auth/forbidden':
    case 'content/refused':
    case 'input/too-large':
    case 'auth/required':
    case 'document/not-found':
    case 'sync/other-epoch':
    case 'protocol/outdated':
      return `sync.refused.${code}`
    default:
      return 'sync.refused.other'
  }
}
