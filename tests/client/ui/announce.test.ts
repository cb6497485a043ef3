import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { announce, announceState, spoken } from '../../../client/ui/announce.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const heard = () => {
  vi.advanceTimersByTime(1_000)
  return spoken.getSnapshot().text
}

test('[UX-90] of one moment the last event is said, and how things stand never takes its place', () => {
  announce('Đã chuyển')
  announce('Văn bản đã khóa.')
  announceState('Chưa lưu')
  announceState('Đã lưu')
  expect(heard()).toBe('Văn bản đã khóa. Đã lưu')
  announceState('Ngoại tuyến')
  announce('Đã hoàn tác')
  expect(heard()).toBe('Đã hoàn tác. Ngoại tuyến')
  announceState('Đã lưu')
  expect(heard()).toBe('Đã lưu')
  announce('Đã làm lại')
  expect(heard()).toBe('Đã làm lại')
})
