public import Dispensing
public import Formulary

/// The values that the national e-prescription interface has for what we know under other names. They are configuration:
/// what is marked unverified is general knowledge, and differs between provinces.
///
/// Source: the national e-prescription interface as published in client code: `mdtrtCertType`, `bizTypeCode`,
/// `rxExraAttrCode`, `rxItemTypeCode`, `hospApprFlag`, `rxStasCodg`. Unverified: `rxTypeCode`, `gend`, `otpIptFlag`,
/// `diagType`, `psnCertType`, `rxChkStasCodg`, `rxUsedStasCodg`.
public struct NationalCodes: Sendable {
    /// `rxItemTypeCode`
    public var items: [ProductKind: String] = [.western: "11", .patent: "12", .ethnic: "12", .herbal: "13"]
    /// `rxTypeCode`: western and patent medicines, or herbal pieces.
    public var ordinaryType = "1"
    public var herbalType = "2"
    public var business: [Encounter.BusinessType: String] = [.institution: "01", .internet: "02"]
    public var extraAttribute: [Encounter.ExtraAttribute: String] = [.dualChannel: "01", .outpatientPool: "02", .other: "99"]
    /// `gend`
    public var sexes: [Sex: String] = [.male: "1", .female: "2", .unknown: "9"]
    /// `otpIptFlag`
    public var outpatient = "1"
    public var inpatient = "2"
    /// `diagType`: western medicine, Chinese medicine.
    public var westernDiagnosis = "1"
    public var chineseDiagnosis = "2"
    /// `psnCertType`: resident identity card.
    public var residentCard = "01"
    /// `rxChkStasCodg`
    public var reviewed: [PrescriptionReview.Outcome: String] = [.approved: "1", .returned: "2"]
    /// `rxUsedStasCodg` and its name: not used, used, used in part.
    public var unused = (code: "1", name: "未使用")
    public var used = (code: "2", name: "已使用")
    public var partlyUsed = (code: "3", name: "部分使用")

    public init() {}

    public static let standard = NationalCodes()
}
