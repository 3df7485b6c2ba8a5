public import Formulary
import Primitives

/// For which diagnoses long prescriptions are written, and which classes of medicines they may not hold.
public struct EligibilityCatalogue: Sendable, Hashable {
    /// A class that is excluded, but for some diagnoses.
    public struct Exclusion: Sendable, Hashable {
        /// The beginning of national drug classes.
        public var drugClass: String
        /// Beginnings of codes of ICD-10 that lift it.
        public var liftedBy: [String]

        public init(drugClass: String, liftedBy: [String] = []) {
            self.drugClass = drugClass
            self.liftedBy = liftedBy
        }
    }

    /// Beginnings of codes of ICD-10, without the dot.
    public var chronicDiagnoses: [String]
    public var exclusions: [Exclusion]
    /// Whether what is stored cold may be on a long prescription; provinces differ.
    public var allowsColdStorage: Bool

    public init(chronicDiagnoses: [String], exclusions: [Exclusion], allowsColdStorage: Bool = false) {
        self.chronicDiagnoses = chronicDiagnoses
        self.exclusions = exclusions
        self.allowsColdStorage = allowsColdStorage
    }

    /// Source: R-LP-01.
    public func isChronic(_ code: String) -> Bool {
        let plain = Self.plain(code)
        return chronicDiagnoses.contains { plain.hasPrefix($0) }
    }

    /// Why a product may not be on a long prescription for a diagnosis; `nil` when it may.
    ///
    /// Source: R-LP-02 and R-LP-03: general medicines only; none under special control, no antimicrobial unless for a chronic
    /// infection, nothing with special storage.
    public func exclusion(of product: Product, for code: String) -> String? {
        if product.specialControl != .none { return "\(product.label) is under special control" }
        if !product.longPrescription { return "\(product.label) is not a medicine for long prescriptions" }
        if !allowsColdStorage, [.cold, .frozen].contains(product.storage) { return "\(product.label) needs special storage" }
        let plain = Self.plain(code)
        let excluded = exclusions.contains { exclusion in
            product.drugClass.hasPrefix(exclusion.drugClass) && !exclusion.liftedBy.contains { plain.hasPrefix($0) }
        }
        return excluded ? "\(product.label) is of an excluded class" : nil
    }

    private static func plain(_ code: String) -> String {
        code.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
