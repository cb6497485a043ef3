// Preloaded into every server under measurement: answers the bench over IPC with what the process has used so far, and
// profiles its main thread when asked to. Worker threads count as used, since the operating system counts them.
import { Session } from 'node:inspector'

if (process.send && process.env.BENCH_REPORTS === '1') {
  let session = null
  const post = (method, parameters) =>
    new Promise((resolve, reject) =>
      session.post(method, parameters, (error, result) =>
        error ? reject(error) : resolve(result),
      ),
    )
  const answer = {
    usage() {
      const { user, system } = process.cpuUsage()
      return { cpuUs: user + system, rss: process.memoryUsage.rss() }
    },
    async profile() {
      session = new Session()
      session.connect()
      await post('Profiler.enable')
      await post('Profiler.setSamplingInterval', { interval: 500 })
      await post('Profiler.start')
      return {}
    },
    async profiled() {
      const { profile } = await post('Profiler.stop')
      session.disconnect()
      return profile
    },
  }
  process.on('message', async (message) => process.send(await answer[message]()))
  process.channel?.unref()
}
