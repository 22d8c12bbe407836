import type { StockState } from '@tongmai/api/pharmacy/medicine'
import { type Actor, system } from '../../../kernel/actor.ts'
import { type Ctx, ctxWith } from '../../../kernel/ctx.ts'
import { demoId, demoRandom } from '../../../kernel/demo.ts'
import { projectMany } from '../../../kernel/resource/project.ts'
import type { World } from '../../../kernel/world.ts'
import { demoSites } from '../../network/index.ts'
import { demoStaff } from '../../workforce/index.ts'
import { report } from '../actions/shortage.ts'
import { medicationOf } from '../fhir.ts'
import * as store from '../store/medicine.ts'
import { layPrescriptions } from './prescription.ts'

/** category: name form strength, … Common medicines, generic names as they are; who holds what is made up. */
const chronic = [
  '钙通道阻滞剂: 氨氯地平 片 5mg,硝苯地平 控释片 30mg,非洛地平 缓释片 5mg,左氨氯地平 片 2.5mg',
  '血管紧张素受体拮抗剂: 缬沙坦 胶囊 80mg,厄贝沙坦 片 150mg,氯沙坦 片 50mg,替米沙坦 片 40mg',
  '血管紧张素转换酶抑制剂: 依那普利 片 10mg,卡托普利 片 25mg,培哚普利 片 4mg,贝那普利 片 10mg',
  'β受体阻滞剂: 美托洛尔 缓释片 47.5mg,比索洛尔 片 5mg,阿替洛尔 片 25mg',
  '利尿剂: 氢氯噻嗪 片 25mg,呋塞米 片 20mg,螺内酯 片 20mg,吲达帕胺 缓释片 1.5mg',
  '他汀类: 阿托伐他汀 片 20mg,瑞舒伐他汀 片 10mg,辛伐他汀 片 20mg',
  '抗血小板药: 阿司匹林 肠溶片 100mg,氯吡格雷 片 75mg,替格瑞洛 片 90mg',
  '抗凝药: 华法林 片 2.5mg,利伐沙班 片 15mg,达比加群酯 胶囊 110mg',
  '双胍类: 二甲双胍 片 0.5g',
  '磺脲类: 格列美脲 片 2mg,格列齐特 缓释片 30mg,格列吡嗪 片 5mg',
  'α糖苷酶抑制剂: 阿卡波糖 片 50mg,伏格列波糖 片 0.2mg',
  'SGLT2抑制剂: 达格列净 片 10mg,恩格列净 片 10mg',
  'DPP-4抑制剂: 西格列汀 片 100mg,利格列汀 片 5mg',
  '胰岛素: 甘精胰岛素 注射液 300单位,门冬胰岛素30 注射液 300单位,精蛋白人胰岛素 注射液 300单位',
  '吸入支气管扩张剂: 沙丁胺醇 气雾剂 100μg,噻托溴铵 粉吸入剂 18μg,异丙托溴铵 气雾剂 20μg',
  '吸入激素复方: 布地奈德福莫特罗 粉吸入剂 160μg,沙美特罗替卡松 粉吸入剂 50μg',
  '质子泵抑制剂: 奥美拉唑 肠溶胶囊 20mg,雷贝拉唑 肠溶片 10mg',
  '抗癫痫药: 丙戊酸钠 缓释片 0.5g,左乙拉西坦 片 0.5g,卡马西平 片 0.2g',
  '抗帕金森药: 多巴丝肼 片 250mg,普拉克索 片 0.25mg',
  '甲状腺用药: 左甲状腺素钠 片 50μg,甲巯咪唑 片 10mg',
  '硝酸酯类: 硝酸甘油 片 0.5mg,单硝酸异山梨酯 缓释片 40mg',
  '抗心律失常药: 胺碘酮 片 0.2g,普罗帕酮 片 50mg',
  '强心苷类: 地高辛 片 0.25mg',
  '抗抑郁药: 舍曲林 片 50mg,艾司西酞普兰 片 10mg',
  '抗精神病药: 奥氮平 片 5mg,利培酮 片 1mg',
  '钙与骨代谢: 碳酸钙D3 片 0.6g,骨化三醇 胶囊 0.25μg,阿仑膦酸钠 片 70mg',
  '抗痛风药: 别嘌醇 片 0.1g,非布司他 片 40mg',
  '前列腺用药: 坦索罗辛 缓释胶囊 0.2mg,非那雄胺 片 5mg',
  '糖皮质激素: 泼尼松 片 5mg',
]

/** As above; taken for days, not for years. */
const acute = [
  '青霉素类: 阿莫西林 胶囊 0.25g,阿莫西林克拉维酸钾 片 0.375g',
  '头孢菌素类: 头孢呋辛酯 片 0.25g,头孢克洛 胶囊 0.25g,头孢曲松 注射用粉针 1g',
  '大环内酯类: 阿奇霉素 片 0.25g,罗红霉素 片 0.15g',
  '喹诺酮类: 左氧氟沙星 片 0.5g,莫西沙星 片 0.4g',
  '硝基咪唑类: 甲硝唑 片 0.2g',
  '解热镇痛药: 对乙酰氨基酚 片 0.5g,布洛芬 缓释胶囊 0.3g,双氯芬酸钠 缓释片 75mg,塞来昔布 胶囊 200mg',
  '抗组胺药: 氯雷他定 片 10mg,西替利嗪 片 10mg',
  '祛痰药: 氨溴索 片 30mg,乙酰半胱氨酸 颗粒 0.2g',
  '胃肠动力药: 多潘立酮 片 10mg,莫沙必利 片 5mg',
  '止泻药: 蒙脱石 散 3g',
]

const medicinesOf = (lines: readonly string[], isChronic: boolean) =>
  lines.flatMap((line) => {
    const [category = '', rest = ''] = line.split(': ')
    return rest.split(',').map((one) => {
      const [name = '', form = '', strength = ''] = one.split(' ')
      const facts = { name, form, strength, category, chronic: isChronic }
      // Nobody has entered a code: codes are facts of a product, not of a generic name.
      return { ...facts, id: demoId('pharmacy', one), baseCode: null, insuranceCode: null }
    })
  })
const medicines = [...medicinesOf(chronic, true), ...medicinesOf(acute, false)]

/** By whom · of what · how many patients wait · how much · why · hours ago. */
const wanting = [
  ['gp01', '利伐沙班 片 15mg', 3, '3 盒/月', '下转患者须继续抗凝，本中心未备', 20],
  ['gp02', '恩格列净 片 10mg', 5, '10 盒/月', '三级医院处方延续，本中心没有', 60],
] as const

/** Two reports, the second overdue and gone up. */
async function layShortages(ctx: Ctx): Promise<void> {
  for (const [username, one, patients, quantity, reason, hoursAgo] of wanting) {
    const staff = demoStaff.find((person) => person.username === username)
    if (!staff) continue
    const institutionId = demoId('network', staff.institution)
    const actor: Actor = { ...system(institutionId), id: staff.accountId }
    const then = ctxWith(ctx, { actor, now: new Date(ctx.now.getTime() - hoursAgo * HOUR_MS) })
    const medicineId = demoId('pharmacy', one)
    await store.change(then, [{ institutionId, medicineId, state: 'notHeld' }])
    await report(then, { medicineId, patients, quantity, reason })
  }
}

const HOUR_MS = 3_600_000
const share = { tertiary: 1, secondary: 0.85, primary: 0.6 } as const

/** The formulary, all of it at the lead, less of it further down; and what the people of the stories take. */
export async function demo(world: World): Promise<void> {
  await world.asSystem(null, async (ctx) => {
    for (const medicine of medicines) await store.add(ctx, medicine)
    await projectMany(
      ctx,
      medicines.map((one) => ({ resource: medicationOf({ ...one, retired: false }), institutionId: null })),
    )
    const random = demoRandom(13)
    const stateOf = (part: number): StockState =>
      random() < part ? 'inStock' : random() < 0.3 ? 'canOrder' : 'notHeld'
    for (const { code, tier } of demoSites) {
      if (tier === null) continue
      const institutionId = demoId('network', code)
      const stock = medicines.map(({ id }) => ({
        institutionId,
        medicineId: id,
        state: stateOf(share[tier]),
      }))
      await store.change(ctx, stock)
    }
    await layShortages(ctx)
  })
  await layPrescriptions(world)
}
