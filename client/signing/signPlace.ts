import type { DocumentId } from '../../shared/base/ids.ts'
import { type SigningView, signingRoutes } from '../../shared/signing/api.ts'
import type { WithStepUp } from '../accounts/StepUp.tsx'
import { call } from '../base/api.ts'
import { isRefusal } from '../base/apiError.ts'
import { dropSigningKey, keyName, SIGNING, signingKey } from './browserKey.ts'

export type SigningStep = 'key' | 'prepare' | 'sign'

/** Heads of one bloc sign within the same minute; each stale base costs one more turn. */
const TURNS = 8

/**
 * Prepares, signs in the browser, completes. When another signature came in between, the same consent holds for the
 * longer file, whose pages are the same: it is prepared anew.
 * @throws {ApiError} the server's refusal, {CannotSign} the browser's
 */
export async function signPlace(input: {
  documentId: DocumentId
  place: { id: string; kind: 'person' | 'seal' }
  accountId: string
  withStepUp: WithStepUp
  onStep(step: SigningStep): void
}): Promise<SigningView> {
  const { documentId, place, withStepUp, onStep } = input
  const name = keyName(input.accountId, place.kind)
  let renewed = false
  for (let turn = 1; ; turn += 1) {
    onStep('key')
    const key = await withStepUp(() => signingKey(name, Date.now()))
    try {
      onStep('prepare')
      const { certificate, chain } = key
      const prepared = await withStepUp(() =>
        call(signingRoutes.prepare, {
          params: { documentId },
          body: { placeId: place.id, certificate, chain },
        }),
      )
      onStep('sign')
      const toBeSigned = bytesOf(prepared.toBeSigned)
      const signature = await crypto.subtle.sign(SIGNING, key.keys.privateKey, toBeSigned)
      return await call(signingRoutes.complete, {
        params: { documentId },
        body: {
          preparationId: prepared.preparationId,
          signature: base64Of(new Uint8Array(signature)),
        },
      })
    } catch (error) {
      const stale = isRefusal(error, 'signing/stale-base', 'signing/expired')
      // The authority was made anew since (a restored or fresh installation): ask it for another certificate.
      const foreign = isRefusal(error, 'signing/wrong-certificate') && !renewed
      if (foreign) {
        renewed = true
        await dropSigningKey(name)
      } else if (!stale || turn === TURNS) throw error
    }
  }
}

export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

export const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
