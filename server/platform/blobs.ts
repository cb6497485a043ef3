import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Sha256 } from '../../shared/base/ids.ts'
import { sha256Hex } from '../../shared/base/sha256.ts'

/** Files by the SHA-256 of their bytes, written once and never changed. */
export type Blobs = {
  /** Resolves once the bytes and their name are on disk. */
  put(bytes: Uint8Array): Promise<Sha256>
  /** @throws {BlobDamaged} when the bytes no longer match their name; {BlobMissing} when there are none */
  get(sha256: string): Promise<Buffer>
}

export class BlobDamaged extends Error {}
export class BlobMissing extends Error {}

export async function openBlobs(folder: string): Promise<Blobs> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await syncFolder(path.dirname(folder))
  const place = (sha256: string) => path.join(folder, sha256)
  return {
    async put(bytes) {
      const sha256 = sha256Hex(bytes)
      const temporary = path.join(folder, `.${sha256}.${randomUUID()}`)
      try {
        const file = await open(temporary, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, place(sha256))
      } catch (cause) {
        await rm(temporary, { force: true })
        throw cause
      }
      // The name itself is only durable once the folder is.
      await syncFolder(folder)
      return sha256
    },
    async get(sha256) {
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw new BlobMissing(sha256)
      const bytes = await readFile(place(sha256)).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') throw new BlobMissing(sha256, { cause })
        throw cause
      })
      if (sha256Hex(bytes) !== sha256) throw new BlobDamaged(sha256)
      return bytes
    },
  }
}

async function syncFolder(folder: string): Promise<void> {
  const directory = await open(folder, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
