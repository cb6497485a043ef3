import { CLIENT_PLANTS } from './clientPlants.mjs'
import { DISK_PLANTS } from './diskPlants.mjs'
import { FILE_PLANTS } from './filePlants.mjs'
import { MAIL_PLANTS } from './mailPlants.mjs'
import { PAPER_PLANTS } from './paperPlants.mjs'
import { RIGHTS_PLANTS } from './rightsPlants.mjs'
import { ROOM_PLANTS } from './roomPlants.mjs'

/**
 * Every planted bug: `edits`, each of a text that stands exactly once in its file; `suites` that may find it, the
 * fastest first, each a test file or a file and part of the titles to run; `why`, what it would mean for people.
 */
export const PLANTS = [
  ...DISK_PLANTS,
  ...FILE_PLANTS,
  ...ROOM_PLANTS,
  ...RIGHTS_PLANTS,
  ...CLIENT_PLANTS,
  ...PAPER_PLANTS,
  ...MAIL_PLANTS,
]
