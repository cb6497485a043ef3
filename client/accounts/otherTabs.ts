import * as z from 'zod'

/** What a tab has just done with the session that all tabs of the browser share. */
const SessionNews = z.object({ kind: z.enum(['signed-in', 'signed-out']), userId: z.string() })
export type SessionNews = z.infer<typeof SessionNews>

const channel =
  typeof window === 'undefined' || typeof BroadcastChannel === 'undefined'
    ? null
    : new BroadcastChannel('nhat-tri.session')

/**
 * They share one cookie: without this they would hear of it with their next request, which would go out under somebody
 * else's name.
 */
export function tellOtherTabs(news: SessionNews): void {
  channel?.postMessage(news)
}

/** @returns stops listening */
export function hearOtherTabs(listener: (news: SessionNews) => void): () => void {
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    const news = SessionNews.safeParse(data)
    // A tab of another version may say what this one does not know.
    if (news.success) listener(news.data)
  }
  channel?.addEventListener('message', onMessage)
  return () => channel?.removeEventListener('message', onMessage)
}
