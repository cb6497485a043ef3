import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentId } from '../../shared/base/ids.ts'
import { type PlaceView, signingRoutes } from '../../shared/signing/api.ts'
import { useStepUp } from '../accounts/StepUp.tsx'
import { call } from '../base/api.ts'
import { queryKey } from '../base/queryKey.ts'
import { type SigningStep, signPlace } from './signPlace.ts'

export const useSigning = (documentId: DocumentId, enabled = true) =>
  useQuery({
    queryKey: queryKey.signing(documentId),
    queryFn: () => call(signingRoutes.signing, { params: { documentId } }),
    enabled,
  })

export function useSeal(documentId: DocumentId) {
  const { withStepUp } = useStepUp()
  const refresh = useRefresh(documentId)
  return useMutation({
    mutationFn: () => withStepUp(() => call(signingRoutes.seal, { params: { documentId } })),
    onSettled: refresh,
  })
}

export function useSign(documentId: DocumentId, accountId: string, place: PlaceView) {
  const { withStepUp } = useStepUp()
  const refresh = useRefresh(documentId)
  const [step, setStep] = useState<SigningStep>('key')
  const sign = useMutation({
    mutationFn: () => signPlace({ documentId, place, accountId, withStepUp, onStep: setStep }),
    onSettled: refresh,
  })
  return { sign, step }
}

function useRefresh(documentId: DocumentId) {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [queryKey.signing(documentId), queryKey.document(documentId), ['bloc']].map((key) =>
        client.invalidateQueries({ queryKey: key }),
      ),
    )
}

export const sealedPdfUrl = (documentId: DocumentId) => `/api/documents/${documentId}/sealed.pdf`
export const ROOT_URL = '/api/trust/root.pem'
