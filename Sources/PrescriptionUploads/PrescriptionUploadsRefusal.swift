public import Primitives

/// Every way the upload of prescriptions says no.
public enum PrescriptionUploadsRefusalCode: String, RefusalCode {
    case institutionUnknown = "prescription-uploads.institution-unknown"
    case institutionIncomplete = "prescription-uploads.institution-incomplete"
    case clinicianIncomplete = "prescription-uploads.clinician-incomplete"
    case credentialIncomplete = "prescription-uploads.credential-incomplete"
    case offeredAlready = "prescription-uploads.offered-already"
    case notOffered = "prescription-uploads.not-offered"
    case handedOutAlready = "prescription-uploads.handed-out-already"
    case stillUploaded = "prescription-uploads.still-uploaded"
    case usedOutside = "prescription-uploads.used-outside"
    case revokedAlready = "prescription-uploads.revoked-already"
    case messageFailed = "prescription-uploads.message-failed"
    case reasonRequired = "prescription-uploads.reason-required"

    public var category: RefusalCategory {
        switch self {
        case .notOffered: .missing
        case .offeredAlready, .handedOutAlready, .stillUploaded, .usedOutside, .revokedAlready, .messageFailed, .institutionUnknown:
            .conflict
        case .institutionIncomplete, .clinicianIncomplete, .credentialIncomplete, .reasonRequired: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .institutionUnknown:
            Phrase("该机构没有登记医保电子处方平台的编码", "The facility has no code at a service hall for prescriptions")
        case .institutionIncomplete: Phrase("机构的医保编码信息不完整", "Something is missing in the institution's codes")
        case .clinicianIncomplete: Phrase("医师或药师的医保编码信息不完整", "Something is missing in the clinician's codes")
        case .credentialIncomplete: Phrase("就诊凭证不完整", "Something is missing in how the patient proves who they are")
        case .offeredAlready: Phrase("该处方已申请上传", "The prescription is offered for upload, or uploaded")
        case .notOffered: Phrase("该处方没有申请上传", "The prescription is not offered for upload")
        case .handedOutAlready:
            Phrase("该处方不能上传：已发药、已作废或已过期", "The prescription cannot be uploaded: handed out, cancelled or expired")
        case .stillUploaded: Phrase("处方在医保平台有效，须先撤销", "The insurer has the prescription: it must be revoked there first")
        case .usedOutside: Phrase("处方已在外部药店使用", "The prescription was used at a pharmacy outside")
        case .revokedAlready: Phrase("已申请撤销", "Its revocation is under way, or it is over")
        case .messageFailed: Phrase("有失败的消息待人工处理", "A failed message about it waits for a decision")
        case .reasonRequired: Phrase("必须说明原因（200字以内）", "A reason must be given, of at most 200 characters")
        }
    }
}

public typealias PrescriptionUploadsRefusal = Refused<PrescriptionUploadsRefusalCode>
