import { useAnnounced } from './announce.ts'

/** A line that is read out when it comes, and when it changes. */
export function Spoken(props: { text: string; as?: 'p' | 'span'; className?: string }) {
  const { text, as: Line = 'p', className } = props
  useAnnounced(text)
  return <Line className={className}>{text}</Line>
}
