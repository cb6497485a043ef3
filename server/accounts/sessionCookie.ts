import type { IncomingMessage } from 'node:http'
import { type Config, isSecure } from '../platform/config.ts'

const NAME = 'nhat-tri'

/** `__Host-`: no sub-domain and no page without TLS can plant one. */
const cookieName = (config: Config) => (isSecure(config) ? `__Host-${NAME}` : NAME)

/** The session's token as the request carries it, or null. */
export function readSessionCookie(config: Config, req: IncomingMessage): string | null {
  const wanted = `${cookieName(config)}=`
  for (const pair of req.headers.cookie?.split(';') ?? []) {
    const cookie = pair.trim()
    if (cookie.startsWith(wanted)) return cookie.slice(wanted.length)
  }
  return null
}

/** `Lax`, so that a link in a mail opens signed in; unsafe methods ask for the same origin besides. */
const attributes = (config: Config) =>
  `; Path=/; HttpOnly; SameSite=Lax${isSecure(config) ? '; Secure' : ''}`

export const sessionCookie = (config: Config, token: string, seconds: number): string =>
  `${cookieName(config)}=${token}; Max-Age=${seconds}${attributes(config)}`

export const endedCookie = (config: Config): string =>
  `${cookieName(config)}=; Max-Age=0${attributes(config)}`
