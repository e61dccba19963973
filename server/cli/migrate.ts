import { loadConfig, requireDatabaseUrl } from '../kernel/config.ts';
import { runCommand } from './launcher/command.ts';
import { joinProduct, migrateOutside } from './launcher/product.ts';

await runCommand(async () => {
  const config = loadConfig();
  const log = (message: string) => console.log(message);
  const product = await joinProduct(config, log);
  try {
    await migrateOutside(requireDatabaseUrl(product.config, 'owner'), product.config, log);
    console.log('The database is up to date.');
  } finally {
    await product.leave();
  }
});
