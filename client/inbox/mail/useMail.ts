import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { type Choices, type MailChoices, mailRoutes } from '../../../shared/inbox/api.ts'
import { useStepUp } from '../../accounts/StepUp.tsx'
import { call } from '../../base/api.ts'
import { queryKey } from '../../base/queryKey.ts'
import { useLanguage } from '../../base/useLanguage.ts'
import { IN_ORDER, useKeep } from '../useInbox.ts'

/** Clocks differ a little. */
const SLACK_MS = 2_000

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

/** A code that is refused may count no more, for whatever happened elsewhere: the inbox is asked for anew. */
export function useConfirmAddress() {
  const keep = useKeep()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (code: string) => call(mailRoutes.confirm, { body: { code } }),
    onSuccess: keep,
    onError: refresh,
  })
}

export function useDropCode() {
  const keep = useKeep()
  return useMutation({ mutationFn: () => call(mailRoutes.drop, {}), onSuccess: keep })
}

/** Asks how things stand once a code has expired. @param until as the server writes it; null without a code */
export function useExpiry(until: string | null) {
  const refresh = useRefresh()
  useEffect(() => {
    if (until === null) return
    const timer = setTimeout(refresh, Math.max(0, Date.parse(until) - Date.now()) + SLACK_MS)
    return () => clearTimeout(timer)
  }, [until, refresh])
}

function useRefresh() {
  const client = useQueryClient()
  return useCallback(() => void client.invalidateQueries({ queryKey: queryKey.inbox }), [client])
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
    ...IN_ORDER,
    mutationFn: (chosen: { frequency?: MailChoices['frequency']; kinds?: Partial<Choices> }) =>
      call(mailRoutes.choose, { body: { ...chosen, language } }),
    onSuccess: keep,
  })
}
