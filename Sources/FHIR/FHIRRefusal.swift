public import Primitives

/// Every way the FHIR interface says no, besides what the commands behind it refuse.
public enum FHIRRefusalCode: String, RefusalCode {
    case resourceUnknown = "fhir.resource-unknown"
    case elementInvalid = "fhir.element-invalid"
    case elementMissing = "fhir.element-missing"
    case elementNotSupported = "fhir.element-not-supported"
    case medicationUnknown = "fhir.medication-unknown"
    case frequencyUnknown = "fhir.frequency-unknown"
    case requestsDiffer = "fhir.requests-differ"
    case identifierTaken = "fhir.identifier-taken"
    case identifierMissing = "fhir.identifier-missing"
    case parameterUnknown = "fhir.parameter-unknown"
    case parameterInvalid = "fhir.parameter-invalid"
    case criterionMissing = "fhir.criterion-missing"

    public var category: RefusalCategory {
        switch self {
        case .resourceUnknown: .missing
        case .elementInvalid, .elementMissing, .parameterUnknown, .parameterInvalid, .criterionMissing: .malformed
        case .identifierTaken: .conflict
        default: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .resourceUnknown: Phrase("没有这个资源", "There is no such resource")
        case .elementInvalid: Phrase("元素的类型或取值不正确", "An element holds another type or value than FHIR R4 allows here")
        case .elementMissing: Phrase("缺少必需的元素", "An element that is needed is absent")
        case .elementNotSupported:
            Phrase("元素或取值不被支持，未保存任何内容", "An element or value would not be kept, so nothing is recorded")
        case .medicationUnknown: Phrase("未找到该药品", "No product of the catalogue has this code or reference")
        case .frequencyUnknown: Phrase("给药频次不在频次字典中", "The timing is none of the catalogue of order frequencies")
        case .requestsDiffer:
            Phrase("同一张处方的各条内容不一致", "Requests of one prescription differ in what a prescription has once")
        case .identifierTaken: Phrase("该业务标识已被登记", "A request with this identifier is recorded already")
        case .identifierMissing:
            Phrase("须提供 Request-Id 请求头或业务标识，以便重发时不重复开方", "A Request-Id or an identifier is needed, so that a repeated request is known")
        case .parameterUnknown: Phrase("未知的查询参数", "A search parameter is unknown, and Prefer: handling=strict was asked")
        case .parameterInvalid: Phrase("查询参数的取值或修饰符不正确", "A search parameter's value or modifier cannot be read")
        case .criterionMissing: Phrase("须至少给出一个查询条件", "At least one criterion is needed")
        }
    }
}

/// A refusal of the FHIR interface.
public typealias FHIRRefusal = Refused<FHIRRefusalCode>
