import { SqliteEventStore } from './src/events/sqlite-event-store.ts';
import { SqliteReadModels, SqliteReadModelWriter } from './src/read-models/index.ts';
import { Projector, SORTABLE, verify } from '@crier/statistics';
import { broadcastStream, deliveryStream, audienceStream } from '@crier/contracts';
import { SystemClock, SilentLog, freshId } from '@crier/kernel';
import { randomBytes } from 'node:crypto';
import { rmSync, statSync, mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const dir = '/tmp/bench/data'; rmSync(dir,{recursive:true,force:true}); mkdirSync(dir,{recursive:true});
const meta = (recordedAt=new Date().toISOString()) => ({schemaVersion:1,correlationId:'c',causationId:'c',actor:'a',recordedAt});
const N = Number(process.argv[2] ?? 1_000_000), LANES=10, W=Number(process.argv[3] ?? 64);
const store = await SqliteEventStore.open({ path: dir+'/events.db', writer: 'inline' });
const heads = new Map<string,number>();
const put = async (stream:string, ...events:{type:string,data:unknown}[]) => { const h=heads.get(stream)??-1; await store.append(stream,h,events.map(e=>({id:freshId(),...e,metadata:meta()}))); heads.set(stream,h+events.length); };
const id = freshId();
const per = N/LANES;
const content={synchronised:true,elements:[{type:'text',text:'hi'}]};
const head = async (id:string, lanes:{lane:number,botId:string,channel:string,planned:number}[], name='Sale') => {
  await put(broadcastStream(id), {type:'BroadcastDrafted',data:{broadcastId:id,name}},{type:'MessageComposed',data:{broadcastId:id,content,contentRevision:1}},{type:'BroadcastScheduled',data:{broadcastId:id,start:{mode:'now'},instant:new Date().toISOString()}},{type:'BroadcastStarted',data:{broadcastId:id,startedAt:new Date().toISOString()}});
};
const lanes = Array.from({length:LANES},(_,lane)=>({lane,botId:'bot-'+lane,channel:'telegram',planned:per}));
await head(id,lanes);
let sample='';
for (const {lane} of lanes) { const ids = Array.from({length:per},()=>randomBytes(12).toString('base64url')).sort(); if(lane===5) sample=ids[777]!;
  for (let from=0; from<per; from+=500) await put(audienceStream(id),{type:'BatchPlanned',data:{broadcastId:id,lane,botId:'bot-'+lane,channel:'telegram',from,contactIds:ids.slice(from,from+500),scannedTo:'x'}}); }
await put(audienceStream(id),{type:'AudiencePlanned',data:{broadcastId:id,planned:N,excluded:{},lanes:lanes.map(l=>({...l,batches:Array.from({length:per/500},(_,i)=>[l.lane*per/500+i,i*500])}))}});
await put(broadcastStream(id),{type:'AudienceFrozen',data:{broadcastId:id,planned:N,lanes,excluded:{}}});
const turn = (from:number,count:number,openFrom:number) => ({type:'WindowTurned',data:{epoch:'e',settled:Array.from({length:count},(_,i)=>{const x=from+i; return x%50===0?[x,'failed',{reason:'blocked'}]:[x,'sent',{parts:[[0,String(1e6+x)]]}]}),...(openFrom<per?{opened:{indexes:[[openFrom,Math.min(W,per-openFrom)]],contentRevision:1}}:{})}});
console.log('fill'); let t=performance.now();
for (let from=0; from<per; from+=W) { if(from===0) for (const {lane} of lanes) await put(deliveryStream(id,lane),{type:'WindowTurned',data:{epoch:'e',settled:[],opened:{indexes:[[0,Math.min(W,per)]],contentRevision:1}}});
  for (const {lane} of lanes) await put(deliveryStream(id,lane),turn(from,Math.min(W,per-from),from+W)); }
const failed=Math.ceil(per/50);
for (const {lane} of lanes) await put(deliveryStream(id,lane),{type:'LaneCompleted',data:{order:0,sent:per-failed,failed,skipped:0,unconfirmed:0,stopped:0}});
await put(broadcastStream(id),{type:'BroadcastCompleted',data:{broadcastId:id,order:0,totals:{planned:N,sent:N-failed*LANES,failed:failed*LANES,skipped:0,unconfirmed:0}}});
console.log('filled s', (performance.now()-t)/1000, 'events MB', statSync(dir+'/events.db').size/1e6);
const path=dir+'/rm.db';
const writer = await SqliteReadModelWriter.open({path}); const models = await SqliteReadModels.open({path});
let lags:number[]=[]; let pageStamp=0;
const p = new Projector({store,writer,clock:new SystemClock(),log:{error:console.error,warn:console.warn,info(){},debug(){},with(){return this}} as never,onLag:ms=>lags.push(ms)});
t=performance.now(); await p.start();
const up = async()=>{ const h=await store.head(); while(!(p.status().serving?.caughtUp && p.status().serving?.position===h)) { if(p.status().fault) throw new Error(JSON.stringify(p.status().fault)); await delay(5);} };
await up(); let s=(performance.now()-t)/1000;
console.log('first fold s',s.toFixed(2),'outcomes/s',Math.round(N/s),'file bytes/recipient',(statSync(path).size/N).toFixed(1), 'rss MB', process.memoryUsage().rss/1e6|0);
t=performance.now(); await p.rebuild(); s=(performance.now()-t)/1000;
console.log('rebuild s',s.toFixed(2),'outcomes/s',Math.round(N/s), 'rss MB', process.memoryUsage().rss/1e6|0);
t=performance.now(); const v=await verify(store,models); console.log('verify s',((performance.now()-t)/1000).toFixed(2),JSON.stringify(v));
const p95=(xs:number[])=>xs.sort((a,b)=>a-b)[Math.floor(xs.length*0.95)]!;
const time=async(n:number,f:()=>Promise<unknown>)=>{const xs:number[]=[];for(let i=0;i<n;i++){const t=performance.now();await f();xs.push(performance.now()-t);}return p95(xs).toFixed(2);};
console.log('report p95 ms (1M)', await time(100,()=>models.report(id)), 'deliveries', await time(100,()=>models.deliveries(sample,{limit:20})), 'recipients 100', await time(50,()=>models.recipients(id,{limit:100})), 'failed 100', await time(50,()=>models.recipients(id,{limit:100,outcome:'failed'})),'waiting(none)', await time(20,()=>models.recipients(id,{limit:100,outcome:'waiting'})));
// 10,000 broadcasts
t=performance.now();
for (let n=0;n<10_000;n++){ const b=freshId(); await head(b,[],['Spring','Autumn','Winter','News'][n%4]+' '+n); if(n%3===0){await put(audienceStream(b),{type:'BatchPlanned',data:{broadcastId:b,lane:0,botId:'b',channel:n%2?'telegram':'vk',from:0,contactIds:[sample],scannedTo:sample}},{type:'AudiencePlanned',data:{broadcastId:b,planned:1,excluded:{},lanes:[]}}); await put(broadcastStream(b),{type:'AudienceFrozen',data:{broadcastId:b,planned:1,excluded:{},lanes:[{lane:0,botId:'b',channel:n%2?'telegram':'vk',planned:1}]}}); if(n%6===0) await put(deliveryStream(b,0),{type:'WindowTurned',data:{epoch:'e',settled:[[0,'sent']]}});} }
await up(); console.log('10k broadcasts s',((performance.now()-t)/1000).toFixed(1));
const worst:Record<string,string>={};
for (const sort of SORTABLE) { const q=async(x:object)=>time(20,()=>models.list({sort,descending:true,limit:50,...x})); let deep:string|undefined; for(let i=0;i<40;i++){deep=(await models.list({sort,descending:true,limit:50,...(deep?{after:deep}:{})})).next;}
 worst[sort]=[await q({}),await q({after:deep}),await q({status:['sent']}),await q({status:['draft']}),await q({channel:'vk'}),await q({name:'winter 99'}),await q({name:'nothing'}),await q({from:'2026-01-01T00:00:00.000Z',to:'2027-01-01T00:00:00.000Z'}),await q({status:['sending','held'],channel:'vk',name:'spring'})].join(' '); }
console.log('list p95 ms [plain deep sent draft vk name none days combo]',worst);
console.log('deliveries of one in 3,334 broadcasts, page 20', await time(50,()=>models.deliveries(sample,{limit:20})),'of nobody, 10k', await time(20,()=>models.deliveries(randomBytes(12).toString('base64url'),{limit:20})));
// lag at 8000/s : 10 lanes, 25 turns/s of 32 each
lags=[]; const live=freshId(); const LP=20_000; const ll=Array.from({length:10},(_,lane)=>({lane,botId:'b'+lane,channel:'telegram',planned:LP}));
await head(live,ll); for(const {lane} of ll){const ids=Array.from({length:LP},()=>randomBytes(12).toString('base64url')).sort(); for(let f=0;f<LP;f+=500) await put(audienceStream(live),{type:'BatchPlanned',data:{broadcastId:live,lane,botId:'b'+lane,channel:'telegram',from:f,contactIds:ids.slice(f,f+500),scannedTo:'x'}});}
await put(broadcastStream(live),{type:'AudienceFrozen',data:{broadcastId:live,planned:LP*10,lanes:ll,excluded:{}}}); await up(); lags=[];
const cpu=process.cpuUsage(); const t0=performance.now(); let from=0;
for (let k=0;k<400;k++){ for(const {lane} of ll) await put(deliveryStream(live,lane),{type:'WindowTurned',data:{epoch:'e',settled:Array.from({length:32},(_,i)=>[from+i,'sent',{parts:[[0,'12345']]}])}}); from+=32; const due=t0+(k+1)*40; const w=due-performance.now(); if(w>0) await delay(w);} 
await up(); const el=(performance.now()-t0)/1000; const u=process.cpuUsage(cpu);
console.log('live outcomes/s',Math.round(400*320/el),'lag p50/p95/max', lags.sort((a,b)=>a-b)[lags.length>>1], p95(lags), lags.at(-1), 'cpu share incl. appends', ((u.user+u.system)/1e6/el).toFixed(2));
await p.stop(); await models.close(); await writer.close(); await store.close(); rmSync(dir,{recursive:true,force:true});
