/// Words of medicine that the general transform reads wrongly, reviewed by hand over the names of the national
/// reimbursement list and of the shipped catalogues.
///
/// A phrase comes before its characters, the longest first; a single character stands where medicine reads it
/// otherwise than the transform does. Source: the readings of the Chinese Pharmacopoeia.
enum PinyinPhrases {
    /// The longest phrase that stands in `characters` at `index`.
    static func longest(at index: Int, in characters: [Character]) -> (length: Int, syllables: [String])? {
        guard firsts.contains(characters[index]) else { return nil }
        for length in stride(from: min(lengthMax, characters.count - index), through: 1, by: -1) {
            if let reading = readings[String(characters[index..<index + length])] {
                return (length, reading.split(separator: " ").map(String.init))
            }
        }
        return nil
    }

    private static let lengthMax = readings.keys.map(\.count).max() ?? 0
    private static let firsts = Set(readings.keys.compactMap(\.first))

    private static let readings: [String: String] = [
        // Characters.
        "参": "shen", "朴": "po", "术": "zhu", "地": "di", "佛": "fo", "调": "tiao", "长": "chang", "藏": "zang",
        "蛤": "ge", "槟": "bing", "茇": "bo", "薄": "bo", "粘": "nian", "还": "huan", "伽": "ga", "咯": "luo", "咳": "ke",
        "拓": "tuo", "泊": "bo", "茄": "qie", "都": "du", "呱": "gua", "脯": "fu", "单": "dan", "血": "xue", "行": "xing",
        "α": "a", "β": "b", "γ": "g", "δ": "d", "ω": "o",

        // Words in which a character takes, or keeps, another reading.
        "阿胶": "e jiao", "大黄": "da huang", "厚朴": "hou po", "黄柏": "huang bo", "川柏": "chuan bo", "知柏": "zhi bo",
        "没药": "mo yao", "乳没": "ru mo", "没食子": "mo shi zi", "没石子": "mo shi zi", "蛤蚧": "ge jie",
        "蛤壳": "ge qiao", "枳壳": "zhi qiao", "罂粟壳": "ying su qiao", "米壳": "mi qiao", "藏红花": "zang hong hua",
        "重楼": "chong lou", "重组": "chong zu", "双重": "shuang chong", "芫花": "yuan hua", "枸橼": "ju yuan",
        "螵蛸": "piao xiao", "生长": "sheng zhang", "粘连": "zhan lian", "粘贴": "zhan tie", "酢浆": "cu jiang",
        "咯血": "ka xue", "柏西": "bo xi", "木勒": "mu le", "日勒": "ri le", "自粘": "zi zhan", "结扎": "jie za",
        "骨殖": "gu shi", "手术": "shou shu", "术后": "shu hou", "术前": "shu qian", "术中": "shu zhong",
        "弹力": "tan li", "弹性": "tan xing", "包扎": "bao za",
    ]
}
