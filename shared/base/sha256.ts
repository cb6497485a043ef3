import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Sha256 } from './ids.ts'

/** SHA-256 as 64 lower-case hex digits; a string is hashed as its UTF-8 bytes. Same code in browser and server. */
export function sha256Hex(data: string | Uint8Array): Sha256 {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data)) as Sha256
}
