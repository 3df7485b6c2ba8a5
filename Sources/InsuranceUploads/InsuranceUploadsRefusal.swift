public import Primitives

/// Every way the uploads to insurers say no to a person.
public enum InsuranceUploadsRefusalCode: String, RefusalCode {
    case institutionIncomplete = "insurance-uploads.institution-incomplete"
    case institutionUnknown = "insurance-uploads.institution-unknown"
    case codeTaken = "insurance-uploads.code-taken"
    case messagesOpen = "insurance-uploads.messages-open"
    case factInvalid = "insurance-uploads.fact-invalid"

    public var category: RefusalCategory {
        switch self {
        case .institutionUnknown: .missing
        case .codeTaken, .messagesOpen: .conflict
        case .institutionIncomplete, .factInvalid: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .institutionIncomplete:
            Phrase("定点机构信息不完整，或没有对应的机构、平台账户", "Something of the institution is missing, or its facility or account is not known")
        case .institutionUnknown: Phrase("该机构没有登记为医保定点机构", "The facility is not registered as an institution of an insurer")
        case .codeTaken: Phrase("该定点机构编码已属于另一机构", "Another facility has this code of an institution")
        case .messagesOpen:
            Phrase("该机构还有未上传完的记录，此时不能更换平台", "Records of the institution wait for the platform that it was told through before")
        case .factInvalid:
            Phrase("上传所需信息无效，或对应的批次、药品、人员不存在", "What was noted is invalid, or its batch, article or person is not known")
        }
    }
}

public typealias InsuranceUploadsRefusal = Refused<InsuranceUploadsRefusalCode>
