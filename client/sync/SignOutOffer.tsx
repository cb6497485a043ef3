import { type ReactNode, useCallback, useState } from 'react'
import { tellOtherTabs } from '../accounts/otherTabs.ts'
import { SignOutRequest } from '../accounts/signOutRequest.ts'
import { useOtherTabs, useSession, useSignOut } from '../accounts/useSession.ts'
import { answered } from '../base/answered.ts'
import { errorText } from '../base/errorText.ts'
import { fetchPart } from '../base/fetchPart.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { Spoken } from '../ui/Spoken.tsx'
import { useSay } from '../ui/Toasts.tsx'
import { signedOut } from './signedOut.ts'
import styles from './sync.module.css'
import { type KeptDrafts, type Unsent, unsentAtSignOut } from './unsentAtSignOut.ts'
import { unsentStore } from './unsentStore.ts'
import { browserOnline } from './watchOnline.ts'

/**
 * Signs out and wipes this person's words from the device. Where some have not been sent it offers first to send or to
 * copy them; where there are none it never asks. Where the device does not answer it says so.
 */
export function SignOutOffer({ drafts, children }: { drafts: KeptDrafts; children: ReactNode }) {
  const t = useText()
  const say = useSay()
  const userId = useSession().data?.user.id
  const { mutate, isPending } = useSignOut()
  /** With whose they are: another tab may sign somebody else in while they are shown. */
  const [unsent, setUnsent] = useState<(Unsent & { userId: string }) | null>(null)

  useOtherTabs(letGo)
  const leave = useCallback(() => {
    mutate(undefined, {
      onSuccess: () => {
        setUnsent(null)
        if (userId === undefined) return
        signedOut.tell(userId)
        const wiping = Promise.all([drafts.wipe(userId), unsentStore.wipe(userId)])
        void answered(wiping.then(([isWiped]) => isWiped)).then((wiped) => {
          if (!wiped) say.problem(t('sync.signOut.notWiped'))
        })
        tellOtherTabs({ kind: 'signed-out', userId })
      },
      onError: (error) => say.problem(errorText(t, error)),
    })
  }, [mutate, userId, drafts, say, t])
  const request = useCallback(async () => {
    if (userId === undefined) return leave()
    const left = await unsentAtSignOut(unsentStore, userId, browserOnline.isOnline, drafts)
    if (left.tails.length > 0 || left.drafts > 0 || !left.complete) setUnsent({ ...left, userId })
    else leave()
  }, [userId, drafts, leave])
  const ask = useCallback(() => void request(), [request])
  return (
    <SignOutRequest value={ask}>
      {children}
      {unsent && userId === unsent.userId ? (
        <UnsentDialog
          unsent={unsent}
          userId={userId}
          busy={isPending}
          onLeave={leave}
          onClose={() => setUnsent(null)}
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

function UnsentDialog(props: {
  unsent: Unsent
  userId: string
  busy: boolean
  onLeave(): void
  onClose(): void
}) {
  const { unsent, userId, busy, onLeave, onClose } = props
  const { tails, drafts, complete } = unsent
  const t = useText()
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [copied, setCopied] = useState(false)
  const words = tails.flatMap((tail) => tail.words)
  const send = async () => {
    setSending(true)
    setProblem(null)
    try {
      const { sendTails } = await fetchPart(() => import('./sendTails.ts'))
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
    <Dialog
      open
      onClose={onClose}
      title={t(complete ? 'sync.signOut.title' : 'sync.signOut.silent')}
      lead={t(complete ? 'sync.signOut.lead' : 'sync.signOut.silent.lead')}
    >
      <ul className={styles.unsent}>
        {words.map(({ clauseId, place, mine }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tabs may have left words for one clause; the list does not change
          <li key={`${clauseId} ${index}`}>
            <b>{place}</b>
            <p lang="vi">{mine || t('sync.unsent.empty')}</p>
          </li>
        ))}
      </ul>
      {drafts > 0 ? <p>{t('sync.signOut.drafts', { count: drafts })}</p> : null}
      {sending ? <Spoken text={t('sync.signOut.sending')} /> : null}
      <Problem>{problem}</Problem>
      <DialogActions>
        {navigator.clipboard && words.length > 0 ? (
          <Button onClick={() => void copy()}>
            {t(copied ? 'sync.unsent.copied' : 'sync.unsent.copy')}
          </Button>
        ) : null}
        <Button disabled={sending || busy} onClick={onLeave}>
          {t(complete ? 'sync.signOut.delete' : 'sync.signOut.anyway')}
        </Button>
        {complete && tails.length > 0 ? (
          <Button look="primary" disabled={sending || busy} onClick={() => void send()}>
            {t('sync.signOut.send')}
          </Button>
        ) : (
          <Button look="primary" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
