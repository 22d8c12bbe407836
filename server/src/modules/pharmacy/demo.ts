import type { StockState } from '@tongmai/api/pharmacy'
import { demoId, demoRandom } from '../../kernel/demo.ts'
import type { World } from '../../kernel/world.ts'
import { demoSites } from '../network/index.ts'
import * as store from './store.ts'

/** category: name form strength, … Common medicines of chronic disease; who holds what is made up. */
const lines = [
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
]

const medicines = lines.flatMap((line) => {
  const [category = '', rest = ''] = line.split(': ')
  return rest.split(',').map((one) => {
    const [name = '', form = '', strength = ''] = one.split(' ')
    return { id: demoId('pharmacy', one), name, form, strength, category, chronic: true }
  })
})

const share = { tertiary: 1, secondary: 0.85, primary: 0.6 } as const

/** The formulary, all of it at the lead, less of it further down. */
export const demo = (world: World): Promise<void> =>
  world.asSystem(null, async (ctx) => {
    for (const medicine of medicines) await store.add(ctx, medicine)
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
  })
