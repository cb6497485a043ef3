import * as z from 'zod'
import { NoContent, route } from '../base/contract.ts'
import { AgencyId, UserId } from '../base/ids.ts'
import { PersonRole } from './account.ts'

export const SessionUser = z.object({
  id: UserId,
  account: z.string(),
  name: z.string(),
  agencyId: AgencyId.nullable(),
  role: PersonRole,
  /** A mandate of this delegate is in force now. */
  mandated: z.boolean().optional(),
})
export type SessionUser = z.infer<typeof SessionUser>

export const SessionView = z.object({
  user: SessionUser,
  /** Until when acts that need a fresh password are open; null when none was given lately. */
  stepUpUntil: z.iso.datetime().nullable(),
})
export type SessionView = z.infer<typeof SessionView>

const password = z.string().min(1).max(256)

export const accountRoutes = {
  signIn: route({
    method: 'POST',
    path: '/api/session',
    body: z.strictObject({ account: z.string().trim().min(1).max(120), password }),
    status: 201,
    reply: SessionView,
    refuses: ['auth/bad-credentials', 'server/too-many'],
  }),
  session: route({
    method: 'GET',
    path: '/api/session',
    reply: SessionView,
    refuses: ['auth/required'],
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', status: 204, reply: NoContent }),
  stepUp: route({
    method: 'POST',
    path: '/api/session/step-up',
    body: z.strictObject({ password }),
    reply: SessionView,
    refuses: ['auth/required', 'auth/bad-credentials', 'server/too-many'],
  }),
}
