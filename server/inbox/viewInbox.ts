import type { Actor } from '../../shared/accounts/account.ts'
import type { Inbox } from '../../shared/inbox/api.ts'
import type { AppDeps } from '../authorize.ts'
import { choicesOf } from './inboxStore.ts'
import { mailChoicesOf } from './mail/mailStore.ts'
import { readInbox } from './readInbox.ts'

export async function viewInbox(
  deps: AppDeps,
  actor: Pick<Actor, 'userId' | 'agencyId'>,
): Promise<Inbox> {
  const { clock, config, database } = deps.platform
  const items = (await readInbox(deps, actor)).map(({ item }) => item)
  return {
    unread: items.filter(({ read }) => !read).length,
    items,
    choices: await choicesOf(database.read, actor.userId),
    ...(config.mail && { mail: await mailChoicesOf(database.read, actor.userId, clock()) }),
  }
}
