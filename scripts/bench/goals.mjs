// What ours has to reach, each goal against what the same run measured of the others.

/**
 * `to`: `peer` is the better of the two peers, or a server's name: `limit` is a ratio to its figure then; without it
 * `limit` is the figure itself. `plusFsync`: one measured fsync is allowed on top of the peer's figure.
 */
export const GOALS = [
  goal('fan-out', '200', 'cpuUs', 0.7, 'peer'),
  goal('fan-out', '200', 'cpuUs', 1.0, 'relay'),
  goal('fan-out', '500', 'cpuUs', 0.6, 'peer'),
  goal('fan-out', '500', 'cpuUs', 0.7, 'relay'),
  goal('fan-out', '1000', 'cpuUs', 0.75, 'peer'),
  goal('fan-out', '1000', 'cpuUs', 0.4, 'relay'),
  goal('fan-out', '500+presence', 'cpuUs', 0.6, 'peer'),
  goal('fan-out', '1000+presence', 'cpuUs', 0.55, 'peer'),
  goal('fan-out', '500+presence', 'arrivalS', 0.35, 'peer'),
  goal('hot-room', 'all', 'cpuUs', 0.65, 'hocuspocus'),
  goal('hot-room', 'all', 'cpuUs', 0.5, 'relay'),
  goal('rooms', 'all', 'cpuUs', 0.9, 'peer'),
  goal('rooms', 'all', 'cpuUs', 1.7, 'relay'),
  goal('joins', 'warm', 'cpuMs', 0.1, 'peer'),
  goal('joins', 'busy', 'cpuMs', 0.1, 'peer'),
  goal('joins', 'cold', 'cpuMs', 0.15, 'peer'),
  goal('joins', 'long-log', 'cpuMs', 0.15, 'peer'),
  goal('joins', 'warm', 'allInMs', 0.35, 'peer'),
  goal('joins', 'warm', 'peakRiseMiB', 10),
  goal('joins', 'busy', 'partial', 0),
  goal('storm', 'just-now', 'cpuMs', 0.6, 'peer'),
  goal('storm', 'long-away', 'cpuMs', 0.6, 'peer'),
  goal('idle', 'all', 'roomKiB', 0.65, 'peer'),
  { ...goal('quiet-room', 'all', 'p50', 1, 'peer'), plusFsync: true },
  goal('quiet-room', 'all', 'p95', 1.2, 'peer'),
  goal('ack', 'all', 'ackP95', 150),
  goal('stored', 'all', 'statePerByte', 1.6),
  goal('stored', 'all', 'takeInShare', 0.25),
  goal('editor', '100', 'workP95', 16),
  goal('editor', '200p', 'workP95', 33),
  goal('editor', '100', 'remoteP95', 100),
  goal('editor', '200p', 'remoteP95', 100),
  goal('editor', '100', 'openMs', 1000),
  goal('editor', '200p', 'openMs', 1000),
  goal('editor', '100', 'signInKb', 80),
  goal('editor', '100', 'editorKb', 200),
  goal('diff', '500', 'answerMs', 200),
  goal('diff', '500', 'paintedMs', 1000),
]

function goal(mode, variant, key, limit, to = null) {
  return { mode, variant, key, limit, to }
}
