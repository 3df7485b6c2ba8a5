import Postgres
public import Primitives

/// Every way dispensing says no.
public enum DispensingRefusalCode: String, RefusalCode {
    case patientUnknown = "dispensing.patient-unknown"
    case prescriptionUnknown = "dispensing.prescription-unknown"
    case dispensingUnknown = "dispensing.dispensing-unknown"
    case allergyUnknown = "dispensing.allergy-unknown"
    case claimUnknown = "dispensing.claim-unknown"
    case claimedElsewhere = "dispensing.claimed-elsewhere"
    case claimedHereAlready = "dispensing.claimed-here-already"
    case claimExpired = "dispensing.claim-expired"
    case claimEnded = "dispensing.claim-ended"
    case claimTimeInvalid = "dispensing.claim-time-invalid"
    case storeServesNoPatients = "dispensing.store-serves-no-patients"
    case ownReview = "dispensing.own-review"
    case otherPrescriber = "dispensing.other-prescriber"
    case reviewerDispenses = "dispensing.reviewer-dispenses"
    case documentIDTaken = "dispensing.document-id-taken"
    case patientRegisteredAlready = "dispensing.patient-registered-already"
    case wrongState = "dispensing.wrong-state"
    case alreadyDispensed = "dispensing.already-dispensed"
    case exceedsOpen = "dispensing.exceeds-open"
    case collectionNotForThisKind = "dispensing.collection-not-for-this-kind"
    case instalmentsDecide = "dispensing.instalments-decide"
    case validityPassed = "dispensing.validity-passed"
    case stockShort = "dispensing.stock-short"
    case residentNumberInvalid = "dispensing.resident-number-invalid"
    case residentNumberMismatch = "dispensing.resident-number-mismatch"
    case patientDetailsInvalid = "dispensing.patient-details-invalid"
    case diagnosisMissing = "dispensing.diagnosis-missing"
    case diagnosisCodeInvalid = "dispensing.diagnosis-code-invalid"
    case encounterInvalid = "dispensing.encounter-invalid"
    case herbalDirectionsMissing = "dispensing.herbal-directions-missing"
    case quantityDiffers = "dispensing.quantity-differs"
    case validityOutOfRange = "dispensing.validity-out-of-range"
    case linesInvalid = "dispensing.lines-invalid"
    case productNotForThisKind = "dispensing.product-not-for-this-kind"
    case tooManyProducts = "dispensing.too-many-products"
    case supplyTooLong = "dispensing.supply-too-long"
    case reasonRequired = "dispensing.reason-required"
    case longRecordsMissing = "dispensing.long-records-missing"
    case checksIncomplete = "dispensing.checks-incomplete"
    case expiresWithinCourse = "dispensing.expires-within-course"
    case returnNotAllowed = "dispensing.return-not-allowed"
    case returnExceedsDispensed = "dispensing.return-exceeds-dispensed"
    case heldByAnother = "dispensing.held-by-another"
    case notHeld = "dispensing.not-held"
    case holdsFull = "dispensing.holds-full"
    case overrideUnconfirmed = "dispensing.override-unconfirmed"
    case reviewerNotQualified = "dispensing.reviewer-not-qualified"
    case reviewerInvalid = "dispensing.reviewer-invalid"
    case practiceInvalid = "dispensing.practice-invalid"
    case ruleForbids = "dispensing.rule-forbids"
    case signatureMissing = "dispensing.signature-missing"
    case signatureInvalid = "dispensing.signature-invalid"
    case signatureOutdated = "dispensing.signature-outdated"
    case keyUnknown = "dispensing.key-unknown"
    case keyRevoked = "dispensing.key-revoked"
    case keyInvalid = "dispensing.key-invalid"
    case keyProofInvalid = "dispensing.key-proof-invalid"
    case packUnknown = "dispensing.pack-unknown"
    case packChanged = "dispensing.pack-changed"
    case preparationUnknown = "dispensing.preparation-unknown"
    case preparationDiffers = "dispensing.preparation-differs"
    case secondPersonRequired = "dispensing.second-person-required"
    case checkerNotPharmacist = "dispensing.checker-not-pharmacist"
    case traceCodeInvalid = "dispensing.trace-code-invalid"
    case tracePrefixUnknown = "dispensing.trace-prefix-unknown"
    case tracePrefixTaken = "dispensing.trace-prefix-taken"
    case traceCodeNotAPack = "dispensing.trace-code-not-a-pack"
    case traceCodeWrongArticle = "dispensing.trace-code-wrong-article"
    case traceCodeWrongBatch = "dispensing.trace-code-wrong-batch"
    case traceCodeNotInStock = "dispensing.trace-code-not-in-stock"
    case traceCodeDispensed = "dispensing.trace-code-dispensed"
    case traceCodesTooMany = "dispensing.trace-codes-too-many"
    case traceCodesMissing = "dispensing.trace-codes-missing"
    case traceCodeNotOfDispensing = "dispensing.trace-code-not-of-dispensing"

    public var category: RefusalCategory {
        switch self {
        case .patientUnknown, .prescriptionUnknown, .dispensingUnknown, .allergyUnknown, .keyUnknown, .claimUnknown, .packUnknown,
            .preparationUnknown:
            .missing
        case .ownReview, .otherPrescriber, .reviewerDispenses, .reviewerNotQualified, .secondPersonRequired,
            .checkerNotPharmacist:
            .forbidden
        case .documentIDTaken, .patientRegisteredAlready, .wrongState, .alreadyDispensed, .exceedsOpen, .instalmentsDecide,
            .validityPassed, .stockShort, .heldByAnother, .notHeld, .holdsFull, .overrideUnconfirmed, .keyRevoked,
            .claimedElsewhere, .claimedHereAlready, .claimExpired, .claimEnded, .packChanged, .preparationDiffers,
            .tracePrefixTaken, .traceCodeNotInStock, .traceCodeDispensed:
            .conflict
        case .claimTimeInvalid, .storeServesNoPatients, .traceCodeInvalid, .tracePrefixUnknown, .traceCodeNotAPack,
            .traceCodeWrongArticle, .traceCodeWrongBatch, .traceCodesTooMany, .traceCodesMissing, .traceCodeNotOfDispensing:
            .invalid
        case .residentNumberInvalid, .residentNumberMismatch, .patientDetailsInvalid, .diagnosisMissing, .validityOutOfRange,
            .reviewerInvalid, .practiceInvalid, .ruleForbids, .signatureMissing, .signatureInvalid, .signatureOutdated,
            .keyInvalid, .keyProofInvalid, .diagnosisCodeInvalid, .encounterInvalid, .herbalDirectionsMissing, .quantityDiffers,
            .linesInvalid, .productNotForThisKind, .tooManyProducts, .supplyTooLong, .reasonRequired, .longRecordsMissing,
            .checksIncomplete, .expiresWithinCourse, .returnNotAllowed, .returnExceedsDispensed, .collectionNotForThisKind:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .patientUnknown: Phrase("没有这位患者", "There is no such patient")
        case .prescriptionUnknown: Phrase("没有这张处方", "There is no such prescription")
        case .dispensingUnknown: Phrase("没有这张发药单", "There is no such dispensing")
        case .allergyUnknown: Phrase("没有这条过敏记录", "There is no such allergy")
        case .claimUnknown: Phrase("没有这次接单", "There is no such claim")
        case .claimedElsewhere: Phrase("处方已由其他药房接单", "Another pharmacy has claimed the prescription")
        case .claimedHereAlready: Phrase("本机构已接此处方", "The facility has claimed the prescription already")
        case .claimExpired: Phrase("接单已超时", "The claim has expired")
        case .claimEnded: Phrase("接单已结束", "The claim has ended")
        case .claimTimeInvalid: Phrase("接单时限超出允许范围", "A claim lasts from a minute to a day")
        case .storeServesNoPatients: Phrase("药库不直接面向患者发药", "The store serves no patients")
        case .ownReview: Phrase("不能审核自己开具的处方", "Nobody reviews a prescription of their own")
        case .otherPrescriber: Phrase("只有开具处方的医师可以修改或作废", "Only its prescriber amends or cancels a prescription")
        case .reviewerDispenses: Phrase("审方与发药应由不同药师完成", "Who reviewed a prescription does not dispense it")
        case .documentIDTaken: Phrase("单据标识已被使用", "The document's id is already taken")
        case .patientRegisteredAlready: Phrase("该患者已登记", "The patient is already registered")
        case .wrongState: Phrase("处方当前状态不允许此操作", "The prescription is in a state that does not allow this")
        case .alreadyDispensed: Phrase("处方已发药", "The prescription has already been dispensed")
        case .exceedsOpen: Phrase("超过处方未发数量", "More would be handed out than is still open")
        case .instalmentsDecide: Phrase("该长期处方须按计划分次取药", "The long prescription is collected in the instalments of its plan")
        case .collectionNotForThisKind: Phrase("只有长期处方可分次延期取药", "Only a long prescription is collected over a longer time")
        case .validityPassed: Phrase("处方不在有效期内", "The prescription is not valid today")
        case .stockShort: Phrase("库存不足，本次不能发药", "Stock is short, so nothing is handed out")
        case .residentNumberInvalid: Phrase("公民身份号码校验不符", "The resident identity number does not check")
        case .residentNumberMismatch: Phrase("身份号码与性别或出生日期不符", "Sex or birth day differ from the resident number")
        case .patientDetailsInvalid: Phrase("患者信息不完整或有误", "The patient's details are incomplete or wrong")
        case .diagnosisMissing: Phrase("处方没有临床诊断", "The prescription has no clinical diagnosis")
        case .diagnosisCodeInvalid: Phrase("诊断编码格式不正确", "A diagnosis has a code that is none of ICD-10")
        case .encounterInvalid: Phrase("就诊信息有误", "What is said about the visit is wrong")
        case .herbalDirectionsMissing: Phrase("饮片处方的剂数或煎服方法缺失或有误", "Doses and directions of herbal pieces are missing or wrong")
        case .quantityDiffers: Phrase("总量与用法用量不符", "The quantity differs from what dose, frequency and days come to")
        case .validityOutOfRange: Phrase("处方有效期超出允许天数", "The prescription's validity is longer than allowed")
        case .linesInvalid: Phrase("处方明细有误", "A line of the prescription is wrong")
        case .productNotForThisKind: Phrase("该药品不能开在这类处方上", "The product may not stand on a prescription of this kind")
        case .tooManyProducts: Phrase("每张处方不得超过规定的品种数", "The prescription names more products than allowed")
        case .supplyTooLong: Phrase("用药天数超过限量", "The supply is longer than the limit")
        case .reasonRequired: Phrase("须注明理由", "A reason must be stated")
        case .longRecordsMissing: Phrase("长期处方所需评估与记录不全", "Records that a long prescription needs are missing")
        case .checksIncomplete: Phrase("四查十对未全部完成", "Not every check before handing out was made")
        case .expiresWithinCourse: Phrase("药品将在疗程内过期", "A batch expires before the course ends")
        case .returnNotAllowed: Phrase("药品一经发出，除质量原因外不予退换", "What was dispensed is not taken back for this reason")
        case .returnExceedsDispensed: Phrase("退药数量超过发药数量", "More would be returned than was dispensed")
        case .heldByAnother: Phrase("另一位药师正在审核该处方", "Another pharmacist is reviewing the prescription")
        case .notHeld: Phrase("您没有持有该处方或占用已过期", "You do not hold the prescription, or no more")
        case .holdsFull: Phrase("您占用的处方已达上限", "You hold as many prescriptions as one may")
        case .overrideUnconfirmed: Phrase("有须医师再次签字确认的问题", "A finding needs the prescriber's second signature")
        case .reviewerNotQualified: Phrase("该药师不具备审方资质", "The pharmacist is not qualified to review")
        case .reviewerInvalid: Phrase("审方药师信息有误", "What is declared of a reviewer is wrong")
        case .practiceInvalid: Phrase("处方管理设置有误", "A setting of the consortium is out of range")
        case .ruleForbids: Phrase("合理用药规则禁止", "A clinical rule forbids it")
        case .signatureMissing: Phrase("处方没有医师电子签名", "The prescription lacks the prescriber's signature")
        case .signatureInvalid: Phrase("电子签名与处方内容不符", "The signature is not over this content")
        case .signatureOutdated: Phrase("签名时间过早或不在当日", "The signature was made too long ago or on another day")
        case .keyUnknown: Phrase("没有该医师的这把签名密钥", "There is no such key of the prescriber")
        case .keyRevoked: Phrase("签名密钥已吊销或过期", "The key was revoked or is out of its days")
        case .keyInvalid: Phrase("签名密钥有误", "The key is none, or registered already")
        case .keyProofInvalid: Phrase("未能证明持有私钥", "It is not proven that the private key is there")
        case .packUnknown: Phrase("没有这个拆零包装", "There is no such opened pack")
        case .packChanged: Phrase("拆零包装已用完或刚被取用", "The opened pack is closed, or was used at the same moment")
        case .preparationUnknown: Phrase("没有这次调配", "There is no such preparation")
        case .preparationDiffers: Phrase("调配内容与本次发药不符或已发出", "What was prepared is something else, or was handed out already")
        case .secondPersonRequired: Phrase("须由他人调配，本人核对发药", "One person prepares, and another checks and hands out")
        case .checkerNotPharmacist: Phrase("须由药师以上人员核对", "A pharmacist must check it")
        case .traceCodeInvalid: Phrase("不是药品追溯码", "That is no drug trace code")
        case .tracePrefixUnknown: Phrase("药品标识码未登记", "Nobody has said which pack the code's first seven digits name")
        case .tracePrefixTaken: Phrase("药品标识码已对应其他包装", "The seven digits name another pack")
        case .traceCodeNotAPack: Phrase("该码是中包装或大包装码", "The code is of what holds several packs")
        case .traceCodeWrongArticle: Phrase("追溯码不是该药品的", "The code is of another medicine")
        case .traceCodeWrongBatch: Phrase("追溯码不是该批次的", "The code is of another batch")
        case .traceCodeNotInStock: Phrase("追溯码不在本药房库存中", "The box is not in stock here")
        case .traceCodeDispensed: Phrase("追溯码已发出，疑似重复销售", "The box was dispensed already")
        case .traceCodesTooMany: Phrase("追溯码多于发出的包装", "More codes than boxes")
        case .traceCodesMissing: Phrase("缺少追溯码或豁免理由", "Boxes lack a code, or a reason why there is none")
        case .traceCodeNotOfDispensing: Phrase("追溯码不是该发药明细发出的整盒", "The box was not handed out whole by this line")
        }
    }
}

public typealias DispensingRefusal = Refused<DispensingRefusalCode>

/// Runs `body`; a violation of `constraint` becomes `refusal`.
@discardableResult
func refusing<Value>(
    _ constraint: String, as refusal: @autoclosure () -> DispensingRefusal, _ body: () throws -> Value
) throws -> Value {
    do {
        return try body()
    } catch let error as PostgresError where error.constraint == constraint {
        throw refusal()
    }
}
