import Postgres
public import Primitives

/// Every way long prescriptions say no.
public enum LongPrescriptionsRefusalCode: String, RefusalCode {
    case planUnknown = "long-prescriptions.plan-unknown"
    case otherPrescriber = "long-prescriptions.other-prescriber"
    case documentIDTaken = "long-prescriptions.document-id-taken"
    case planExists = "long-prescriptions.plan-exists"
    case prescriptionNotOpen = "long-prescriptions.prescription-not-open"
    case planOutdated = "long-prescriptions.plan-outdated"
    case wrongState = "long-prescriptions.wrong-state"
    case nothingToCollect = "long-prescriptions.nothing-to-collect"
    case notNext = "long-prescriptions.not-next"
    case tooEarly = "long-prescriptions.too-early"
    case missed = "long-prescriptions.missed"
    case followUpNeeded = "long-prescriptions.follow-up-needed"
    case supplyAhead = "long-prescriptions.supply-ahead"
    case notLong = "long-prescriptions.not-long"
    case diagnosisNotChronic = "long-prescriptions.diagnosis-not-chronic"
    case recordsMissing = "long-prescriptions.records-missing"
    case courseTooLong = "long-prescriptions.course-too-long"
    case productExcluded = "long-prescriptions.product-excluded"
    case prescriberNotQualified = "long-prescriptions.prescriber-not-qualified"
    case facilityNotAble = "long-prescriptions.facility-not-able"
    case assessmentInvalid = "long-prescriptions.assessment-invalid"
    case consentInvalid = "long-prescriptions.consent-invalid"
    case instalmentDaysOutOfRange = "long-prescriptions.instalment-days-out-of-range"
    case pharmacyInvalid = "long-prescriptions.pharmacy-invalid"
    case proxyInvalid = "long-prescriptions.proxy-invalid"
    case proxyNotNamed = "long-prescriptions.proxy-not-named"
    case counsellingMissing = "long-prescriptions.counselling-missing"
    case wordsMissing = "long-prescriptions.words-missing"
    case qualificationInvalid = "long-prescriptions.qualification-invalid"

    public var category: RefusalCategory {
        switch self {
        case .planUnknown: .missing
        case .otherPrescriber: .forbidden
        case .documentIDTaken, .planExists, .prescriptionNotOpen, .planOutdated, .wrongState, .nothingToCollect, .notNext,
            .tooEarly, .missed, .followUpNeeded, .supplyAhead:
            .conflict
        case .notLong, .diagnosisNotChronic, .recordsMissing, .courseTooLong, .productExcluded, .prescriberNotQualified,
            .facilityNotAble, .assessmentInvalid, .consentInvalid, .instalmentDaysOutOfRange, .pharmacyInvalid, .proxyInvalid,
            .proxyNotNamed, .counsellingMissing, .wordsMissing, .qualificationInvalid:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .planUnknown: Phrase("没有这份长期处方取药计划", "There is no such plan of a long prescription")
        case .otherPrescriber: Phrase("只有开具处方的医师或药师可以办理", "Its prescriber or a pharmacist begins a plan")
        case .documentIDTaken: Phrase("单据标识已被使用", "The document's id is already taken")
        case .planExists: Phrase("该处方已有取药计划", "The prescription already has a plan")
        case .prescriptionNotOpen: Phrase("处方当前状态不能安排分次取药", "The prescription is in a state in which nothing is collected")
        case .planOutdated: Phrase("处方已修改，须重新安排取药计划", "The prescription was changed: the plan is begun anew")
        case .wrongState: Phrase("取药计划当前状态不允许此操作", "The plan is in a state that does not allow this")
        case .nothingToCollect: Phrase("各次均已取药", "Every instalment was collected or has lapsed")
        case .notNext: Phrase("须按次序取药", "Instalments are collected in their order")
        case .tooEarly: Phrase("未到取药时间", "It is too early to collect the instalment")
        case .missed: Phrase("已过取药期限，须先随访", "The time of collection has passed: a follow-up comes first")
        case .followUpNeeded: Phrase("本次取药前须先随访", "A follow-up is needed before this instalment")
        case .supplyAhead: Phrase("患者手中余药过多", "The patient's remaining supply is too large")
        case .notLong: Phrase("不是长期处方", "It is not a long prescription")
        case .diagnosisNotChronic: Phrase("诊断不在长期处方慢病目录内", "The diagnosis is not in the catalogue of chronic diseases")
        case .recordsMissing: Phrase("长期处方所需评估与记录不全", "Records that a long prescription needs are missing")
        case .courseTooLong: Phrase("用药天数超过长期处方限量", "The course is longer than the limit of long prescriptions")
        case .productExcluded: Phrase("该药品不得用于长期处方", "The product may not be on a long prescription")
        case .prescriberNotQualified:
            Phrase("首次长期处方须由相关专业中级以上职称医师开具", "A first long prescription needs a physician of intermediate title in the specialty")
        case .facilityNotAble: Phrase("该基层机构不具备首次开具长期处方的能力", "The primary institution may not begin long prescriptions")
        case .assessmentInvalid: Phrase("缺少近期的病情与用药评估", "A recent assessment of condition and medication is missing")
        case .consentInvalid: Phrase("患者知情同意记录不完整", "The record of the patient's consent is incomplete")
        case .instalmentDaysOutOfRange: Phrase("每次取药天数超出范围", "An instalment lasts fewer or more days than allowed")
        case .pharmacyInvalid: Phrase("取药点须为药房或诊室药柜", "Instalments are collected at a pharmacy or a clinic")
        case .proxyInvalid: Phrase("代取人信息不完整或有误", "The proxy's details are incomplete or wrong")
        case .proxyNotNamed: Phrase("该代取人未经患者指定", "The patient has not named this proxy")
        case .counsellingMissing: Phrase("须记录用药指导内容", "What the pharmacist explained must be recorded")
        case .wordsMissing: Phrase("须用文字说明", "It must be explained in words")
        case .qualificationInvalid: Phrase("职称或专业登记不完整", "The qualification is incomplete")
        }
    }
}

public typealias LongPrescriptionsRefusal = Refused<LongPrescriptionsRefusalCode>

/// Runs `body`; a violation of `constraint` becomes `refusal`.
@discardableResult
func refusing<Value>(
    _ constraint: String, as refusal: @autoclosure () -> LongPrescriptionsRefusal, _ body: () throws -> Value
) throws -> Value {
    do {
        return try body()
    } catch let error as PostgresError where error.constraint == constraint {
        throw refusal()
    }
}
