import { longTime, shortTime } from '../base/time.ts'
import { useLanguage } from '../base/useLanguage.ts'

/** A time as short as it can be; the whole of it, with its zone, on hover (UX-82). */
export function When({ at }: { at: string }) {
  const [language] = useLanguage()
  return (
    <time dateTime={at} title={longTime(at, language)}>
      {shortTime(at, language, Date.now())}
    </time>
  )
}
