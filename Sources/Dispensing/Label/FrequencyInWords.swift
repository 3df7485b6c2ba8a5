public import MedicationRules
public import Primitives

/// How often, in words a patient understands: `每日2次`, `twice daily`; and when in respect of meals.
public struct FrequencyInWords: Sendable, Hashable {
    public let often: Phrase
    /// `饭前`, `饭后`; `nil` when it does not matter.
    public let meal: Phrase?

    public init(_ frequency: DosingFrequency) {
        meal =
            frequency.code.hasSuffix("_ac")
            ? Phrase("饭前", "before meals") : frequency.code.hasSuffix("_pc") ? Phrase("饭后", "after meals") : nil
        often = Self.special[frequency.code] ?? Self.cyclic(frequency)
    }

    private static func cyclic(_ frequency: DosingFrequency) -> Phrase {
        let (hours, times) = (frequency.cycleHours, frequency.timesPerCycle)
        // `q72h` is written in hours though it is three days.
        if hours % 24 != 0 || frequency.code.hasSuffix("h") {
            return hours == 1 ? Phrase("每小时1次", "every hour") : Phrase("每\(hours)小时1次", "every \(hours) hours")
        }
        let english = times == 1 ? "once" : times == 2 ? "twice" : "\(times) times"
        if hours == 24 { return Phrase("每日\(times)次", "\(english) daily") }
        if hours == 168 { return Phrase("每周\(times)次", "\(english) weekly") }
        let (count, chinese, plural) = hours % 168 == 0 ? (hours / 168, "周", "weeks") : (hours / 24, "日", "days")
        return Phrase("每\(count)\(chinese)\(times)次", times == 1 ? "every \(count) \(plural)" : "\(english) every \(count) \(plural)")
    }

    private static let special: [String: Phrase] = [
        "st": Phrase("立即用1次", "once, immediately"), "prn": Phrase("必要时用", "when needed"),
        "sos": Phrase("需要时用1次", "once, if needed"), "once": Phrase("只用1次", "once only"),
        "qm": Phrase("每日早晨1次", "every morning"), "qn": Phrase("每日晚上1次", "every evening"),
        "hs": Phrase("每日睡前1次", "at bedtime"), "qod": Phrase("隔日1次", "every other day"),
        "q30min": Phrase("每30分钟1次", "every 30 minutes"),
    ]
}
