/**
 * Loaded into every process that the launcher starts: when the launcher is gone, the process ends in order by
 * itself, and at the latest after 15 s.
 */
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 15_000).unref();
});
// The channel is there to be missed, not to keep the process from ending.
process.channel?.unref();
