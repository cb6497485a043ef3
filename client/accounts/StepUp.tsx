import { useMutation } from '@tanstack/react-query'
import {
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react'
import { accountRoutes } from '../../shared/accounts/api.ts'
import { call } from '../base/api.ts'
import { isRefusal } from '../base/apiError.ts'
import { errorText } from '../base/errorText.ts'
import { useText } from '../base/useText.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem, TextField } from '../ui/Field.tsx'

/** The person closed the password dialog: nothing was done, and nothing is wrong. */
export class StepUpCancelled extends Error {
  constructor() {
    super('step-up cancelled')
    this.name = 'StepUpCancelled'
  }
}

export type WithStepUp = <T>(action: () => Promise<T>) => Promise<T>

type StepUp = {
  /**
   * Runs an act of weight; when the server wants the password again, asks for it and runs the act once more.
   * Rejects with {@link StepUpCancelled} when the person would rather not.
   */
  withStepUp: WithStepUp
  /** Asks now unless the password is fresh for a while: for an act that must not wait for it later. */
  confirmPassword(): Promise<void>
}

const StepUpContext = createContext<StepUp>({
  withStepUp: (action) => action(),
  confirmPassword: async () => {},
})

export const useStepUp = (): StepUp => useContext(StepUpContext)

/** A password counts as fresh when it outlasts the announcement of a lock with room to spare. */
const FRESH_FOR_MS = 45_000

type Waiting = { confirmed(): void; cancelled(): void }

export function StepUpProvider({ children }: { children: ReactNode }) {
  const [waiting, setWaiting] = useState<Waiting | null>(null)
  const stepUp = useMemo<StepUp>(() => {
    const ask = () =>
      new Promise<void>((resolve, reject) =>
        setWaiting({ confirmed: resolve, cancelled: () => reject(new StepUpCancelled()) }),
      )
    return {
      async withStepUp(action) {
        try {
          return await action()
        } catch (error) {
          if (!isRefusal(error, 'auth/step-up-required')) throw error
        }
        await ask()
        return action()
      },
      async confirmPassword() {
        const { stepUpUntil } = await call(accountRoutes.session, {})
        if (stepUpUntil === null || Date.parse(stepUpUntil) < Date.now() + FRESH_FOR_MS) await ask()
      },
    }
  }, [])
  return (
    <StepUpContext.Provider value={stepUp}>
      {children}
      {waiting ? <StepUpDialog waiting={waiting} onDone={() => setWaiting(null)} /> : null}
    </StepUpContext.Provider>
  )
}

function StepUpDialog({ waiting, onDone }: { waiting: Waiting; onDone(): void }) {
  const t = useText()
  const [password, setPassword] = useState('')
  const answered = useRef(false)
  const finish = (answer: () => void) => {
    if (answered.current) return
    answered.current = true
    answer()
    onDone()
  }
  const stepUp = useMutation({
    mutationFn: () => call(accountRoutes.stepUp, { body: { password } }),
    onSuccess: () => finish(waiting.confirmed),
    onError: () => setPassword(''),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The dialog lies above others in the tree of React: their forms must not hear of it.
    event.stopPropagation()
    stepUp.mutate()
  }
  return (
    <Dialog
      open
      onClose={() => finish(waiting.cancelled)}
      title={t('stepUp.title')}
      lead={t('stepUp.lead')}
    >
      <form onSubmit={submit}>
        <Problem>
          {isRefusal(stepUp.error, 'auth/bad-credentials')
            ? t('stepUp.wrong')
            : stepUp.error
              ? errorText(t, stepUp.error)
              : null}
        </Problem>
        <TextField
          label={t('signIn.password')}
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <DialogActions>
          <Button onClick={() => finish(waiting.cancelled)}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" disabled={stepUp.isPending}>
            {t('stepUp.submit')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
