public import Primitives

/// The visit at which a prescription was written: what only the prescriber's side knows and the national prescription
/// platform asks for. Every part may be left out; each names the field of the message it becomes.
///
/// Source: the national e-prescription interface, `uploadChk` and its lists.
public struct Encounter: Sendable, Hashable, Codable {
    /// The institution's visit (`mdtrtId`).
    public var visitID: String?
    /// Outpatient or inpatient number (`iptOtpNo`).
    public var visitNumber: String?
    /// Kind of visit by the insurer's table (`medType`): `11`, `14`.
    public var visitType: String?
    /// Whether the patient lies in the institution (`otpIptFlag`).
    public var isInpatient: Bool?
    /// When the visit began (`mdtrtTime`).
    public var visitedAt: Instant?
    /// The insured person's number (`psnNo`).
    public var insuredNumber: String?
    /// Where the person is insured (`insuPlcNo`).
    public var insurancePlace: String?
    /// Written in the institution or over the internet (`bizTypeCode`).
    public var business: BusinessType?
    /// Which pool of money the prescription belongs to (`rxExraAttrCode`).
    public var extraAttribute: ExtraAttribute?
    /// Department class (`caty`).
    public var departmentClass: String?
    /// Special disease of the insurer's register (`diseCodg`, `spDiseFlag`).
    public var specialDisease: String?
    /// How the fee is settled (`hiFeesetlType`).
    public var settlementType: String?
    /// Height in millimetres (`patnHgt`).
    public var heightMillimetres: Int64?
    /// Weight in grams on the day of the visit (`patnWt`).
    public var weightGrams: Int64?
    /// Completed weeks of pregnancy (`gesoVal`); absent when the patient is not pregnant, or it is not known.
    public var pregnancyWeeks: Int?
    /// A child in its first 28 days (`nwbFlag`).
    public var isNewborn: Bool?
    /// The patient breastfeeds (`suckPrdFlag`).
    public var isBreastfeeding: Bool?

    public enum BusinessType: String, Sendable, Codable, CaseIterable {
        /// 01
        case institution
        /// 02
        case internet
    }

    public enum ExtraAttribute: String, Sendable, Codable, CaseIterable {
        /// 双通道, 01
        case dualChannel = "dual-channel"
        /// 门诊统筹, 02
        case outpatientPool = "outpatient-pool"
        /// 99
        case other
    }

    public init() {}

    /// What is wrong with it, as the field and words; `nil` when nothing is.
    var complaint: (field: String, words: String)? {
        let texts = [
            ("visitID", visitID), ("visitNumber", visitNumber), ("visitType", visitType), ("insuredNumber", insuredNumber),
            ("insurancePlace", insurancePlace), ("departmentClass", departmentClass), ("specialDisease", specialDisease),
            ("settlementType", settlementType),
        ]
        for (field, text) in texts {
            if let text, !(1...50).contains(text.count) { return (field, "1 to 50 characters") }
        }
        if let heightMillimetres, !(200...2_700).contains(heightMillimetres) { return ("heightMillimetres", "200 to 2700 mm") }
        if let weightGrams, !PatientWeight.enterable.contains(weightGrams) { return ("weightGrams", "200 g to 500 kg") }
        if let pregnancyWeeks, !(0...45).contains(pregnancyWeeks) { return ("pregnancyWeeks", "0 to 45 weeks") }
        return nil
    }
}

/// What the insurer asks about one line.
public struct LineInsurance: Sendable, Hashable, Codable {
    /// Whether the hospital approved a use that the insurer limits (`hospApprFlag`).
    public var isApprovedByHospital: Bool?
    /// Why the patient pays (`selfPayRea`).
    public var selfPayReason: String?
    /// The main medicine of the prescription (`mainMedcFlag`).
    public var isMainMedicine: Bool?
    /// Wanted at once (`urgtFlag`).
    public var isUrgent: Bool?

    public init(
        isApprovedByHospital: Bool? = nil, selfPayReason: String? = nil, isMainMedicine: Bool? = nil, isUrgent: Bool? = nil
    ) {
        self.isApprovedByHospital = isApprovedByHospital
        self.selfPayReason = selfPayReason
        self.isMainMedicine = isMainMedicine
        self.isUrgent = isUrgent
    }
}
