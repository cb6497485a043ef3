import type { IncomingMessage } from 'node:http'
import type { Actor, BlocActor } from '../shared/accounts/account.ts'
import { type Action, can, type Scene } from '../shared/accounts/permissions.ts'
import { AppError } from '../shared/base/errors.ts'
import { findActor, findBlocActor } from './accounts/actorStore.ts'
import type { Session, Sessions } from './accounts/sessions.ts'
import { type DocumentRecord, findDocument } from './documents/documentStore.ts'
import type { Platform } from './platform/platform.ts'
import type { Rooms } from './sync/rooms.ts'

/**
 * The gate that every route passes, in this order: session, what one may see, role, fresh password, phase, the rest.
 * It stands above the features, since it knows accounts and documents and both need it.
 */
export type AppDeps = { platform: Platform; sessions: Sessions; rooms: Rooms }

/** @throws {AppError} auth/required */
export async function requireSession(deps: AppDeps, req: IncomingMessage): Promise<Session> {
  const session = await deps.sessions.find(req)
  if (!session) throw new AppError('auth/required')
  return session
}

/** @throws {AppError} auth/required */
export async function requireActor(
  deps: AppDeps,
  req: IncomingMessage,
): Promise<{ session: Session; actor: Actor }> {
  const session = await requireSession(deps, req)
  const { clock, database } = deps.platform
  const actor = await findActor(database.read, session.accountId, clock())
  if (!actor) throw new AppError('auth/required')
  return { session, actor }
}

export type VisibleBloc = {
  session: Session
  actor: BlocActor
  bloc: {
    id: string
    name: string
    short_name: string
    year: number
    deputy_acts_until: number | null
  }
  scene: Scene
}

/** @throws {AppError} auth/required; bloc/not-found also for whoever is not of the bloc */
export async function visibleBloc(
  deps: AppDeps,
  req: IncomingMessage,
  blocId: string,
): Promise<VisibleBloc> {
  const session = await requireSession(deps, req)
  const { clock, database } = deps.platform
  const now = clock()
  const bloc = await database.read
    .selectFrom('bloc')
    .selectAll()
    .where('id', '=', blocId)
    .executeTakeFirst()
  const actor = await findBlocActor(database.read, session.accountId, blocId, now)
  if (!actor) throw new AppError('auth/required')
  if (!bloc || !can(actor, 'bloc.read')) throw new AppError('bloc/not-found')
  const deputyActs = bloc.deputy_acts_until !== null && bloc.deputy_acts_until > now
  return { session, actor, bloc, scene: { deputyActs } }
}

export type VisibleDocument = {
  session: Session
  actor: BlocActor
  document: DocumentRecord
  scene: Scene
}

/** @throws {AppError} auth/required; document/not-found for outsiders and unknown ids alike */
export async function visibleDocument(
  deps: AppDeps,
  req: IncomingMessage,
  documentId: string,
): Promise<VisibleDocument> {
  const session = await requireSession(deps, req)
  const { clock, database } = deps.platform
  const now = clock()
  const document = await findDocument(database.read, documentId)
  if (!document) throw new AppError('document/not-found')
  const actor = await findBlocActor(database.read, session.accountId, document.blocId, now)
  if (!actor) throw new AppError('auth/required')
  if (!can(actor, 'document.read')) throw new AppError('document/not-found')
  const bloc = await database.read
    .selectFrom('bloc')
    .select('deputy_acts_until')
    .where('id', '=', document.blocId)
    .executeTakeFirstOrThrow()
  const deputyActs = bloc.deputy_acts_until !== null && bloc.deputy_acts_until > now
  return { session, actor, document, scene: { deputyActs, signers: document.signers } }
}

/** @throws {AppError} auth/forbidden */
export function demand(actor: BlocActor, action: Action, scene: Scene): void {
  if (!can(actor, action, scene)) throw new AppError('auth/forbidden')
}

/** @throws {AppError} document/wrong-phase */
export function demandDrafting({ phase }: Pick<DocumentRecord, 'phase'>): void {
  if (phase !== 'drafting') throw new AppError('document/wrong-phase', { phase })
}

/** @throws {AppError} auth/step-up-required */
export function demandStepUp(session: Session, now: number): void {
  if (session.stepUpUntil === null || session.stepUpUntil <= now)
    throw new AppError('auth/step-up-required')
}
