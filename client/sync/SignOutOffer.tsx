import { type ReactNode, useCallback, useState } from 'react'
import { tellOtherTabs } from '../accounts/otherTabs.ts'
import { SignOutRequest } from '../accounts/signOutRequest.ts'
import { useOtherTabs, useSession, useSignOut } from '../accounts/useSession.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { signedOut } from './signedOut.ts'
import styles from './sync.module.css'
import type { Tail } from './tail.ts'
import { unsentStore } from './unsentStore.ts'

/** Words typed just now are on their way: that is no reason to ask. */
const ON_THEIR_WAY_MS = 1_500
const LOOK_MS = 50

/**
 * Signs out and wipes this person's words from the device. Where some have not been sent it offers first to send or to
 * copy them; where there are none it never asks.
 */
export function SignOutOffer({ children }: { children: ReactNode }) {
  const t = useText()
  const say = useSay()
  const userId = useSession().data?.user.id
  const { mutate, isPending } = useSignOut()
  const [tails, setTails] = useState<readonly Tail[]>([])

  useOtherTabs(letGo)
  const leave = useCallback(() => {
    mutate(undefined, {
      onSuccess: () => {
        setTails([])
        if (userId === undefined) return
        signedOut.tell(userId)
        void unsentStore.wipe(userId)
        tellOtherTabs({ kind: 'signed-out', userId })
      },
      onError: (error) => say.problem(errorText(t, error)),
    })
  }, [mutate, userId, say, t])
  const request = useCallback(async () => {
    const left = userId === undefined ? [] : await unsentOf(userId)
    if (left.length > 0) setTails(left)
    else leave()
  }, [userId, leave])
  const ask = useCallback(() => void request(), [request])
  return (
    <SignOutRequest value={ask}>
      {children}
      {tails.length > 0 && userId !== undefined ? (
        <UnsentDialog
          tails={tails}
          userId={userId}
          busy={isPending}
          onLeave={leave}
          onClose={() => setTails([])}
        />
      ) : null}
    </SignOutRequest>
  )
}

/** Another tab has signed this person out and wiped their words: this page must not write them back. */
function letGo(userId: string): void {
  signedOut.tell(userId)
  void unsentStore.letGo(userId)
}

async function unsentOf(userId: string): Promise<readonly Tail[]> {
  let tails = await unsentStore.tails(userId)
  for (let waited = 0; tails.length > 0 && waited < ON_THEIR_WAY_MS; waited += LOOK_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    tails = await unsentStore.tails(userId)
  }
  return tails
}

function UnsentDialog(props: {
  tails: readonly Tail[]
  userId: string
  busy: boolean
  onLeave(): void
  onClose(): void
}) {
  const { tails, userId, busy, onLeave, onClose } = props
  const t = useText()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const words = tails.flatMap((tail) => tail.words)
  const send = async () => {
    setSending(true)
    setProblem(null)
    try {
      const { sendTails } = await import('./sendTails.ts')
      if (await sendTails(userId)) onLeave()
      else setProblem(t('sync.signOut.notSent'))
    } catch (error) {
      setProblem(errorText(t, error))
    } finally {
      setSending(false)
    }
  }
  const copy = async () => {
    const text = words.map(({ place, mine }) => `${place}\n${mine}`).join('\n\n')
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <Dialog open onClose={onClose} title={t('sync.signOut.title')} lead={t('sync.signOut.lead')}>
      <ul className={styles.unsent}>
        {words.map(({ clauseId, place, mine }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tabs may have left words for one clause; the list does not change
          <li key={`${clauseId} ${index}`}>
            <b>{place}</b>
            <p lang="vi">{mine || t('sync.unsent.empty')}</p>
          </li>
        ))}
      </ul>
      {sending ? <p role="status">{t('sync.signOut.sending')}</p> : null}
      <Problem>{problem}</Problem>
      <DialogActions>
        {navigator.clipboard && words.length > 0 ? (
          <Button onClick={() => void copy()}>
            {t(copied ? 'sync.unsent.copied' : 'sync.unsent.copy')}
          </Button>
        ) : null}
        <Button disabled={sending || busy} onClick={onLeave}>
          {t('sync.signOut.delete')}
        </Button>
        <Button look="primary" disabled={sending || busy} onClick={() => void send()}>
          {t('sync.signOut.send')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
