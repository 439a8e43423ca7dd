// `npm run bench:batches`: recipients a second where one call carries many, on Viber and on VK.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox, startStandalone, type Running } from '../processes.ts';
import { bareBatchLoop } from './batch-loop.ts';
import { BATCH_CHANNELS, SHARED_MESSAGE, VIBER_RATE, type BatchChannel } from './batch-channels.ts';
import { Client } from './client.ts';
import { Figures, say } from './figures.ts';
import { SandboxRecord } from './sandbox-record.ts';
import { fillContacts, prepare } from './world.ts';

const TOKEN = 'bench-admin-token-bench';
const UNCAPPED = 100_000;
const STANDARD_RATE = 50;
const GOALS = { rate: 30_000, memoryMb: 200 };

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    size: { type: 'string', default: '200000' },
    channels: { type: 'string', default: 'viber,vk' },
    flags: { type: 'string', default: '--max-semi-space-size=8 --max-old-space-size=128' },
  },
});
const size = Number(values.size);
const flags = values.flags.split(' ').filter((flag) => flag !== '');
const figures = new Figures();

const fill = async (data: string, sandboxUrl: string): Promise<void> => {
  await prepare(
    data,
    BATCH_CHANNELS.map(({ channel, credentials }) => ({
      id: channel,
      channel,
      name: channel,
      credentials,
      rate: STANDARD_RATE,
      apiUrl: `${sandboxUrl}/${channel}`,
    })),
  );
  for (const { channel, addressOf } of BATCH_CHANNELS) {
    const contactOf = (i: number) => ({
      firstName: 'Anna',
      tags: [channel],
      connections: [{ botId: channel, address: addressOf(i) }],
    });
    await fillContacts(data, channel, { count: size, contactOf });
  }
};

/** The sandbox is told of the bot, and the product that it may send as fast as the channel allows. */
const registerAt = async (sandboxUrl: string, { channel, token, atSandbox }: BatchChannel) => {
  await fetch(`${sandboxUrl}/sandbox/${channel}/bots/${encodeURIComponent(token)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(atSandbox),
  });
};

const bareRate = async (sandboxUrl: string, of: BatchChannel): Promise<number> => {
  await new SandboxRecord(sandboxUrl, of.channel).reset();
  return bareBatchLoop(sandboxUrl, of, size);
};

interface Sent {
  readonly rate: number;
  readonly requests: number;
  /** Seconds of CPU. */
  readonly cpu: { readonly standalone: number; readonly sandbox: number };
  readonly peakMb: number;
}

const sendTo = async (
  { channel, most }: BatchChannel,
  { standalone, sandbox }: { standalone: Running; sandbox: Running },
): Promise<Sent> => {
  const client = new Client(standalone.url, TOKEN);
  const record = new SandboxRecord(sandbox.url, channel);
  const apiUrl = `${sandbox.url}/${channel}`;
  await client.call('PUT', `/v1/bots/${channel}`, { channel, rate: most, apiUrl });
  await record.reset();
  const before = [standalone.cpuSeconds(), sandbox.cpuSeconds()] as const;
  const row = await client.send(channel, SHARED_MESSAGE, UNCAPPED);
  const cpu = {
    standalone: standalone.cpuSeconds() - before[0],
    sandbox: sandbox.cpuSeconds() - before[1],
  };
  const { accepted, duplicates } = await record.counts();
  if (row.sent !== size || accepted !== size || duplicates !== 0)
    throw new Error(`Not honest: ${JSON.stringify({ row, accepted, duplicates })}`);
  const requests = new Set(await record.starts()).size;
  return { rate: await record.rate(), requests, cpu, peakMb: standalone.peakMb() };
};

const note = ({ channel }: BatchChannel, { rate, requests, cpu, peakMb }: Sent): void => {
  figures.note(`${channel}: rate`, rate, 'recipients/s', ['≥', GOALS.rate]);
  figures.note(`${channel}: requests`, requests, '');
  figures.note(`${channel}: recipients per request`, size / requests, '');
  figures.note(`${channel}: CPU`, (cpu.standalone / size) * 1e6, 'µs/recipient');
  figures.note(`${channel}: peak memory`, peakMb, 'MB', ['≤', GOALS.memoryMb]);
  figures.note(`${channel}: CPU of the sandbox`, (cpu.sandbox / size) * 1e6, 'µs/recipient');
  const both = cpu.standalone + cpu.sandbox;
  figures.note(`${channel}: the sandbox's share of the CPU`, (cpu.sandbox / both) * 100, '%');
};

const benchChannel = async (
  of: BatchChannel,
  { filled, folder, sandbox }: { filled: string; folder: string; sandbox: Running },
): Promise<void> => {
  const data = join(folder, of.channel);
  cpSync(filled, data, { recursive: true });
  await registerAt(sandbox.url, of);
  const bareBefore = await bareRate(sandbox.url, of);
  const standalone = await startStandalone(data, TOKEN, {
    flags,
    env: { CRIER_SPEED_CEILING: String(UNCAPPED), CRIER_VIBER_RATE: String(VIBER_RATE) },
  });
  // Stopped whatever happens: it would outlive this process.
  const sent = await sendTo(of, { standalone, sandbox }).finally(() => standalone.stop());
  const bare = (bareBefore + (await bareRate(sandbox.url, of))) / 2;
  note(of, sent);
  figures.note(`${of.channel}: most that the bot may`, of.most, 'recipients/s');
  figures.note(`${of.channel}: bare loop, before and after`, bare, 'recipients/s');
  figures.note(`${of.channel}: share of the bare loop`, sent.rate / bare, '');
  rmSync(data, { recursive: true });
};

const folder = mkdtempSync(join(tmpdir(), 'crier-batches-'));
const sandbox = await startSandbox();
try {
  const filled = join(folder, 'filled');
  say(`Filling ${size} contacts on each channel …`);
  await fill(filled, sandbox.url);
  for (const of of BATCH_CHANNELS)
    if (values.channels.split(',').includes(of.channel))
      await benchChannel(of, { filled, folder, sandbox });
} finally {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
figures.print(values.json);
