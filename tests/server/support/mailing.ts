import type { Inbox } from '../../../shared/inbox/api.ts'
import { codeIn, type MailSink, startMailSink } from '../../support/mailSink.ts'
import { startTestServer, type TestServer, type Visitor } from '../../support/testServer.ts'

const DAY_MS = 24 * 60 * 60 * 1000
export const PUBLIC_URL = 'https://nhat-tri.example'

const NOON_IN_VIETNAM_MS = 5 * 60 * 60 * 1000
/** How far the next noon is: minutes and hours that a test lets pass after it come to no hour of digests. */
export const untilNoon = (now: number): number =>
  (((NOON_IN_VIETNAM_MS - now) % DAY_MS) + DAY_MS) % DAY_MS

/** The server with a sink for its mail, at noon. @param options.folder of a server before it, to go on there */
export async function startMailingServer(
  sink: MailSink,
  options: { folder?: string; ahead?: number } = {},
): Promise<TestServer> {
  const { folder, ahead = untilNoon(Date.now()) } = options
  const mail = { url: sink.url, from: 'nhat-tri@nhat-tri.example', publicUrl: PUBLIC_URL }
  const server = await startTestServer({ config: { mail }, ...(folder && { folder }) })
  server.advanceClock(ahead)
  return server
}

export const startMailing = async (options?: Parameters<typeof startMailSink>[0]) => {
  const sink = await startMailSink(options)
  return { sink, server: await startMailingServer(sink) }
}

/** Somebody confirms an address and wants a digest each day. */
export async function subscribe(
  sink: MailSink,
  visitor: Visitor,
  address: string,
  language: 'vi' | 'en' = 'vi',
): Promise<void> {
  await visitor.stepUp()
  const calls = [
    ['PUT', 'address', () => ({ address, language })],
    ['POST', 'confirm', () => ({ code: codeIn(sink, address) })],
    ['PUT', 'choices', () => ({ frequency: 'daily' })],
  ] as const
  for (const [method, what, body] of calls) {
    const answer = await visitor.call<Inbox>(method, `/api/inbox/mail/${what}`, body())
    if (answer.status !== 200) throw new Error(`${what} answered ${answer.status}`)
  }
  sink.letters.length = 0
}

/** The next hour of digests comes, and all are sent that can be. */
export async function nextDigests(server: TestServer): Promise<void> {
  server.advanceClock(DAY_MS)
  await server.app.digests?.look()
}
