import { useMutation } from '@tanstack/react-query'
import { type Choices, type MailChoices, mailRoutes } from '../../../shared/inbox/api.ts'
import { useStepUp } from '../../accounts/StepUp.tsx'
import { call } from '../../base/api.ts'
import { useLanguage } from '../../base/useLanguage.ts'
import { useKeep } from '../useInbox.ts'

/** Asks for the password first, unless it is fresh. */
export function useAskForCode() {
  const keep = useKeep()
  const [language] = useLanguage()
  const { withStepUp } = useStepUp()
  return useMutation({
    mutationFn: (address: string) =>
      withStepUp(() => call(mailRoutes.ask, { body: { address, language } })),
    onSuccess: keep,
  })
}

export function useConfirmAddress() {
  const keep = useKeep()
  return useMutation({
    mutationFn: (code: string) => call(mailRoutes.confirm, { body: { code } }),
    onSuccess: keep,
  })
}

export function useRemoveAddress() {
  const keep = useKeep()
  return useMutation({ mutationFn: () => call(mailRoutes.remove, {}), onSuccess: keep })
}

/** Mail is written in the language of the page on which somebody chose last. */
export function useChooseMail() {
  const keep = useKeep()
  const [language] = useLanguage()
  return useMutation({
    mutationFn: (chosen: { frequency?: MailChoices['frequency']; kinds?: Partial<Choices> }) =>
      call(mailRoutes.choose, { body: { ...chosen, language } }),
    onSuccess: keep,
  })
}
