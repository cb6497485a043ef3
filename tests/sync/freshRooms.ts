import { afterEach, beforeEach } from 'vitest'
import type { Database } from '../../server/platform/database.ts'
import { startTestRooms, type TestRooms } from './testRooms.ts'

/** Rooms of its own for each test of the file that imports this. */
export let world: TestRooms

/** Stands between those rooms and their disk, for the test that sets it; null lets everything through. */
export const disk: { write: Database['write'] | null; append: Database['append'] | null } = {
  write: null,
  append: null,
}

beforeEach(async () => {
  disk.write = null
  disk.append = null
  world = await startTestRooms({
    wrap: (real) => ({
      ...real,
      write: (work) => (disk.write ?? real.write)(work),
      append: (batch, along) => (disk.append ?? real.append)(batch, along),
    }),
  })
})
afterEach(() => world.close())
