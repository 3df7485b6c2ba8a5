import Postgres
public import Primitives

/// The professional title of a pharmacist (药学专业技术职务).
public enum PharmacistTitle: String, StoredText, Codable, CaseIterable {
    /// 药士
    case assistant
    /// 药师
    case pharmacist
    /// 主管药师
    case inCharge = "in-charge"
    /// 副主任药师
    case associateChief = "associate-chief"
    /// 主任药师
    case chief
}

/// What makes a pharmacist a reviewer.
public struct ReviewerQualification: Sendable, Hashable, Codable {
    public let person: PersonID
    public let title: PharmacistTitle
    /// Since when the person has dispensed or reviewed.
    public let dispensingSince: CalendarDate
    /// When the person passed the training for reviewers; `nil`: not.
    public let trainedOn: CalendarDate?

    /// Years of dispensing that a reviewer has.
    public static let yearsMin = 3

    public init(person: PersonID, title: PharmacistTitle, dispensingSince: CalendarDate, trainedOn: CalendarDate?) {
        self.person = person
        self.title = title
        self.dispensingSince = dispensingSince
        self.trainedOn = trainedOn
    }

    /// What is missing on a day; `nil` when nothing is.
    ///
    /// Source: prescription review norm (处方审核规范, 2018), R-RV-02: the title of pharmacist or above, three years of
    /// dispensing, trained and passed.
    public func missing(on day: CalendarDate) -> String? {
        if title == .assistant { return "the title of pharmacist" }
        if dispensingSince > day || Age(birthOn: dispensingSince, on: day).years < Self.yearsMin {
            return "\(Self.yearsMin) years of dispensing"
        }
        guard let trainedOn, trainedOn <= day else { return "training for reviewers" }
        return nil
    }
}
