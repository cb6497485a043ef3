import { createTransport } from 'nodemailer'
import type { Config } from '../../platform/config.ts'

export type Letter = {
  to: string
  subject: string
  text: string
  html: string
  /** Without brackets and host: the same for each attempt at one letter, so that a copy is known as one. */
  id: string
}

/**
 * Why a letter did not go. `refused`: the mail server will never take this letter; `later`: not this one now;
 * `down`: it takes none at the moment, or cannot be reached.
 */
export type MailTrouble = 'refused' | 'later' | 'down'

/** Says nothing of addresses, words or passwords, so that it may be logged: the server's own answer may hold them all. */
export class MailFailed extends Error {
  readonly trouble: MailTrouble
  readonly facts: { code: string; answer: number | null }
  constructor(trouble: MailTrouble, facts: MailFailed['facts']) {
    super(`mail failed: ${trouble}`)
    this.name = 'MailFailed'
    this.trouble = trouble
    this.facts = facts
  }
}

export type MailPost = {
  /** Resolves once the mail server has taken it. @throws {MailFailed} */
  send(letter: Letter): Promise<void>
  /** Breaks off what is on its way and takes nothing more. */
  stop(): void
}

const CONNECT_MS = 10_000
const SILENT_MS = 20_000

/** Nothing is sent before the first letter, and no connection stays open. */
export function openMailPost({ url, from }: NonNullable<Config['mail']>): MailPost {
  const stopping = new AbortController()
  const transport = createTransport({
    // A password goes over the wire only where nobody else can read it; `?requireTLS=false` in the URL insists.
    requireTLS: holdsPassword(url) && !isLoopback(url),
    url,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const host = from.slice(from.lastIndexOf('@') + 1)
  return {
    async send({ to, subject, text, html, id }) {
      try {
        await transport.sendMail({
          from: { name: 'Nhất Trí', address: from },
          to: { name: '', address: to },
          envelope: { from, to: [to] },
          subject,
          text,
          html,
          messageId: `<${id}@${host}>`,
          // Nobody's out-of-office note is to answer it.
          headers: { 'Auto-Submitted': 'auto-generated' },
          textEncoding: 'base64',
          signal: stopping.signal,
        })
      } catch (cause) {
        throw asMailFailed(cause)
      }
    },
    stop() {
      stopping.abort()
      transport.close()
    },
  }
}

function asMailFailed(cause: unknown): MailFailed {
  const { code, responseCode, command } = (cause ?? {}) as Record<string, unknown>
  const answer = typeof responseCode === 'number' ? responseCode : null
  const facts = { code: typeof code === 'string' ? code : 'unknown', answer }
  // A refused sender is refused in every letter; 421 closes down, whatever was asked.
  const ofThisLetter =
    (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM' && answer !== 421
  if (answer === null || !ofThisLetter) return new MailFailed('down', facts)
  return new MailFailed(answer >= 500 ? 'refused' : 'later', facts)
}

const holdsPassword = (url: string) => new URL(url).password !== ''
const isLoopback = (url: string) =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname)
