import MedicationRules
import Primitives

/// What one dispensing gave of one line, less what came back.
struct HandedOutPart: Hashable, Sendable {
    let quantity: BaseUnits
    /// Of the whole line.
    let prescribed: BaseUnits
    let dose: DoseAmount
    let frequency: DosingFrequency
    /// Of the whole line.
    let courseDays: Int
    /// Of the instalment it was; `nil` when it was none.
    let instalmentDays: Int?

    /// How many days it lasts. Whole base units of an instalment may last a little longer than the instalment; that is no
    /// supply ahead.
    var days: Int {
        let share = Int(quantity.rawValue * Int64(courseDays) / prescribed.rawValue)
        let lasted = frequency.daysLasted(by: quantity, dose: dose) ?? share
        return min(lasted, instalmentDays ?? lasted)
    }
}
