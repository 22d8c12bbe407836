import type { ResidentModule } from './kernel/module.ts'
import { capacityResident } from './modules/capacity/resident/index.ts'
import { careplanResident } from './modules/careplan/resident/index.ts'
import { contractResident } from './modules/contract/resident/index.ts'
import { identityResident } from './modules/identity/resident/index.ts'
import { noticeResident } from './modules/notice/resident/index.ts'
import { pharmacyResident } from './modules/pharmacy/resident/index.ts'
import { recognitionResident } from './modules/recognition/resident/index.ts'
import { recordResident } from './modules/record/resident/index.ts'
import { referralResident } from './modules/referral/resident/index.ts'
import { residentOwn } from './modules/resident/resident/index.ts'

/** The modules of the residents' app, in the order of the modules. Nothing reachable from here is heavy. */
export const residentModules: readonly ResidentModule[] = [
  identityResident,
  residentOwn,
  recordResident,
  recognitionResident,
  contractResident,
  careplanResident,
  capacityResident,
  pharmacyResident,
  referralResident,
  noticeResident,
]
