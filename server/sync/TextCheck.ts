import { AppError } from '../../shared/base/errors.ts'
import { type Repair, repairBody } from '../../shared/clauses/repairBody.ts'
import type { Platform } from '../platform/platform.ts'
import { updateFrame } from './frames.ts'
import type { Outbox } from './Outbox.ts'
import type { RoomText } from './RoomText.ts'
import { type RoomWriter, SERVER_ACCOUNT } from './RoomWriter.ts'

/** How far behind the whole text may be looked at. */
const CHECK_MS = 500

type Parts = {
  platform: Platform
  text: RoomText
  writer: RoomWriter
  outbox: Outbox
  /** More than words has changed. */
  onRestructured(): void
}

/** Mends what only a look at the whole text can tell ({@link repairBody}), by an edit of the server's own; nobody is to blame. */
export class TextCheck {
  readonly #parts: Parts
  #due: NodeJS.Timeout | undefined
  /** Something has come in since the last look; a text that was only loaded is no news. */
  #news = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Has `turn` called in a moment, which is to call {@link run} in a turn of the room, if there is anything to look at. */
  soon(turn: () => void): void {
    if (this.#parts.text.isChecked) return
    this.#news = true
    if (this.#due) return
    this.#due = setTimeout(() => {
      this.#due = undefined
      turn()
    }, CHECK_MS)
    this.#due.unref()
  }

  /** @throws as {@link RoomWriter.edit} */
  async run(): Promise<void> {
    clearTimeout(this.#due)
    this.#due = undefined
    const { platform, text, writer, outbox } = this.#parts
    if (text.isChecked) return
    let repairs: Repair[] = []
    const { update, revision } = await writer
      .edit(SERVER_ACCOUNT, (doc) => {
        repairs = repairBody(doc, platform.newId)
      })
      .catch((cause) => {
        if (!(cause instanceof AppError) || cause.code.startsWith('server/')) throw cause
        // A lock came first, or the text is at its bounds: it stays readable as it is.
        platform.log.error({ err: cause, documentId: writer.documentId }, 'text.unrepaired')
        return { update: null, revision: 0 }
      })
    text.checked()
    this.#tell()
    if (!update) return
    outbox.update(updateFrame(update), null, revision)
    outbox.flush()
    platform.log.warn({ documentId: writer.documentId, repairs }, 'text.repaired')
  }

  #tell(): void {
    if (this.#news) this.#parts.onRestructured()
    this.#news = false
  }

  /** Nobody looks any more; what came in last is news to the others all the same. */
  close(): void {
    clearTimeout(this.#due)
    this.#due = undefined
    this.#tell()
  }
}
