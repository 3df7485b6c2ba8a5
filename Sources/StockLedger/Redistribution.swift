public import Formulary

extension SpecialControl {
    /// Whether stock of it may go from one institution to another in ordinary business.
    ///
    /// Source: R-CD-06: narcotic and class I psychotropic drugs are never pooled into an ordinary redistribution.
    public var mayBeRedistributed: Bool {
        switch self {
        case .narcotic, .psychotropicI: false
        case .none, .psychotropicII, .toxic, .precursor: true
        }
    }
}
