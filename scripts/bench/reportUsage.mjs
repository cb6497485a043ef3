// Preloaded into every server under measurement: answers the bench over IPC with what the process has used so far.
// Worker threads count, since the operating system counts them.
if (process.send && process.env.BENCH_REPORTS === '1') {
  process.on('message', (message) => {
    if (message !== 'usage') return
    const { user, system } = process.cpuUsage()
    process.send({ cpuUs: user + system, rss: process.memoryUsage.rss() })
  })
  process.channel?.unref()
}
