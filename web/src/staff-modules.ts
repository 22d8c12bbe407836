import type { StaffModule } from './kernel/module.ts'
import { benefit } from './modules/benefit/index.ts'
import { capacity } from './modules/capacity/index.ts'
import { careplan } from './modules/careplan/index.ts'
import { contract } from './modules/contract/index.ts'
import { dispatch } from './modules/dispatch/index.ts'
import { identity } from './modules/identity/index.ts'
import { interop } from './modules/interop/index.ts'
import { network } from './modules/network/index.ts'
import { notice } from './modules/notice/index.ts'
import { pharmacy } from './modules/pharmacy/index.ts'
import { recognition } from './modules/recognition/index.ts'
import { record } from './modules/record/index.ts'
import { referral } from './modules/referral/index.ts'
import { resident } from './modules/resident/index.ts'
import { technique } from './modules/technique/index.ts'
import { workforce } from './modules/workforce/index.ts'

/** The modules of the staff app, in the order of the modules. Each adds its line here. */
export const staffModules: readonly StaffModule[] = [
  network,
  identity,
  workforce,
  resident,
  record,
  technique,
  recognition,
  contract,
  careplan,
  benefit,
  capacity,
  dispatch,
  pharmacy,
  referral,
  notice,
  interop,
]
