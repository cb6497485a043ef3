import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect } from 'vitest'
import { type ReadLetter, readLetter } from './readLetter.ts'

/** What the sink does with the next letters. */
export type SinkMood =
  | 'takes'
  /** 550 to each recipient, with his address in the answer. */
  | 'refuses'
  /** 451 to each recipient. */
  | 'later'
  /** 421 to each recipient: it closes down. */
  | 'closes'
  /** Drops the line within the letter. */
  | 'hangs up'
  /** Takes the letter and drops the line before it says so. */
  | 'takes and hangs up'
  /** Says nothing any more once it has the letter. */
  | 'falls silent'

export type SunkLetter = ReadLetter & {
  envelope: { from: string; to: string[] }
  /** Who signed in, by AUTH. */
  user: string | undefined
  secure: boolean
  raw: string
}

export type MailSink = {
  port: number
  url: string
  letters: SunkLetter[]
  mood: SinkMood
  /** By recipient, where it is another than {@link mood}. */
  moods: Map<string, SinkMood>
  /** How often somebody has come as far as the recipient. */
  tries: number
  /** How often a password has come. */
  signIns: number
  newest(to: string): SunkLetter
  close(): Promise<void>
}

/** A mail server on loopback that keeps what it is given. */
export async function startMailSink(
  options: { tls?: boolean; user?: string; password?: string; port?: number } = {},
): Promise<MailSink> {
  const { tls = false, user, password } = options
  const sockets = new Set<Socket>()
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  const sink: Omit<MailSink, 'port' | 'url' | 'close'> = {
    letters: [],
    mood: 'takes',
    moods: new Map(),
    tries: 0,
    signIns: 0,
    newest(to) {
      const letter = sink.letters.findLast(({ envelope }) => envelope.to.includes(to))
      if (!letter) throw new Error(`no letter to ${to}`)
      return letter
    },
  }
  const moodFor = (to: string) => sink.moods.get(to) ?? sink.mood
  const settings: SMTPServerOptions = {
    secure: tls,
    logger: false,
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disabledCommands: tls ? [] : user === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    onAuth(auth, _session, callback) {
      sink.signIns += 1
      if (auth.username === user && auth.password === password) callback(null, { user })
      else callback(new Error('wrong user or password'))
    },
    onRcptTo({ address }, _session, callback) {
      sink.tries += 1
      const answer = { refuses: 550, later: 451, closes: 421 }[moodFor(address) as string]
      if (answer === undefined) callback()
      else callback(Object.assign(new Error(`<${address}> not here`), { responseCode: answer }))
    },
    onData(stream, session, callback) {
      const mood = moodFor(session.envelope.rcptTo[0]?.address ?? '')
      if (mood === 'hangs up') return hangUp()
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (mood === 'falls silent') return
        const raw = Buffer.concat(chunks).toString('latin1')
        const { mailFrom, rcptTo } = session.envelope
        sink.letters.push({
          ...readLetter(raw),
          envelope: {
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
          },
          user: session.user as string | undefined,
          secure: session.secure,
          raw,
        })
        if (mood === 'takes and hangs up') hangUp()
        else callback()
      })
    },
  }
  const server = new SMTPServer(settings)
  // Lines that the sink itself drops are no news.
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  const who = user === undefined ? '' : `${user}:${password}@`
  return Object.assign(sink, {
    port,
    url: `smtp${tls ? 's' : ''}://${who}127.0.0.1:${port}${tls ? '?tls.rejectUnauthorized=false' : ''}`,
    async close() {
      hangUp()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
}

/** The code in the newest letter to an address. */
export function codeIn(sink: MailSink, to: string): string {
  const { text } = sink.newest(to)
  expect(text).toMatch(/\b\d{8}\b/)
  return /\b\d{8}\b/.exec(text)?.[0] ?? ''
}
