import Formulary
public import Primitives

/// Which differences are counted again by another person before they are explained.
///
/// Source: none of the national rules gives a figure; both are chosen when a stocktake is opened. The standard share is the
/// 5 % that training material for stores takes as a sign of a problem; the standard value is this project's. That every
/// difference of a narcotic or class I psychotropic drug is confirmed by a second person follows from rules R-CD-02 (two
/// persons) and R-CD-08 (a loss is reported at once).
public struct RecountRule: Sendable, Hashable, Codable {
    /// From this value of a difference at the reference price, whether gain or loss.
    public let valueFrom: Money
    /// From this share of the book quantity, in thousandths. Where the book has nothing, every difference reaches it.
    public let perMilleFrom: Int

    public static let standard = RecountRule(valueFrom: Money(tenThousandths: 2_000_000), perMilleFrom: 50)

    public init(valueFrom: Money, perMilleFrom: Int) {
        self.valueFrom = valueFrom
        self.perMilleFrom = perMilleFrom
    }

    /// Whether it asks for fewer recounts than ``standard``.
    var isLoose: Bool { valueFrom > Self.standard.valueFrom || perMilleFrom > Self.standard.perMilleFrom }

    /// - Throws: ``StocktakesRefusal`` `stocktakes.setting-invalid`.
    func check() throws(StocktakesRefusal) {
        guard valueFrom.isEnterablePrice else {
            throw StocktakesRefusal(.settingInvalid, "above 0 yuan, at most \(Money.entryMax)", field: "recount.valueFrom")
        }
        guard (1...1_000_000).contains(perMilleFrom) else {
            throw StocktakesRefusal(.settingInvalid, "1 to 1000000 ‰, not \(perMilleFrom)", field: "recount.perMilleFrom")
        }
    }

    /// Whether a difference is large. Nothing is rounded.
    func reaches(_ difference: BaseUnits, of book: BaseUnits, packSize: BaseUnits, price: Money?, control: SpecialControl) -> Bool {
        let size = Int128(difference.rawValue.magnitude)
        guard size > 0 else { return false }
        switch control {
        case .narcotic, .psychotropicI: return true
        case .none, .psychotropicII, .toxic, .precursor: break
        }
        if size * 1_000 >= Int128(perMilleFrom) * Int128(book.rawValue) { return true }
        guard let price else { return false }
        return size * Int128(price.tenThousandths) >= Int128(valueFrom.tenThousandths) * Int128(packSize.rawValue)
    }
}

/// What a difference is worth at the reference price: rounded to 1/10000 yuan, half away from zero, with the sign of the
/// difference; at most ``differenceValueMax`` either way, so that a sheet of them can be added up.
func worth(of difference: BaseUnits, packSize: BaseUnits, price: Money) -> Money {
    precondition(packSize > 0, "a pack holds something")
    let exact = Int128(difference.rawValue.magnitude) * Int128(price.tenThousandths)
    let rounded = (exact * 2 + Int128(packSize.rawValue)) / (Int128(packSize.rawValue) * 2)
    let size = Int64(clamping: min(rounded, Int128(differenceValueMax.tenThousandths)))
    return Money(tenThousandths: difference < 0 ? -size : size)
}

/// A hundred billion yuan.
let differenceValueMax = Money(tenThousandths: 1_000_000_000_000_000)
