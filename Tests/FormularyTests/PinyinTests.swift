import Formulary
import Foundation
import TestSupport
import Testing

@Suite("readings of names")
struct PinyinTests {
    @Test(
        "names are read as medicine reads them",
        arguments: [
            // name            syllables                         initials
            ("阿莫西林胶囊", "a mo xi lin jiao nang", "amxljn"), ("人参", "ren shen", "rs"), ("厚朴", "hou po", "hp"),
            ("重楼", "chong lou", "cl"), ("阿胶", "e jiao", "ej"), ("大黄", "da huang", "dh"), ("黄柏", "huang bo", "hb"),
            ("侧柏叶", "ce bai ye", "cby"), ("没药", "mo yao", "my"), ("蛤蚧", "ge jie", "gj"), ("藏红花", "zang hong hua", "zhh"),
            ("调经丸", "tiao jing wan", "tjw"), ("血塞通片", "xue sai tong pian", "xstp"), ("行气胶囊", "xing qi jiao nang", "xqjn"),
            ("长春西汀", "chang chun xi ting", "ccxt"), ("单硝酸异山梨酯", "dan xiao suan yi shan li zhi", "dxsyslz"),
            ("生长抑素", "sheng zhang yi su", "szys"), ("白术", "bai zhu", "bz"), ("手术刀片", "shou shu dao pian", "ssdp"),
            ("绿茶", "lv cha", "lc"), ("女贞子", "nv zhen zi", "nzz"), ("枳壳", "zhi qiao", "zq"),
            ("桑螵蛸", "sang piao xiao", "spx"),
            ("重组人促红素", "chong zu ren cu hong su", "czrchs"), ("酒石酸", "jiu shi suan", "jss"),
            ("重酒石酸去甲肾上腺素", "zhong jiu shi suan qu jia shen shang xian su", "zjssqjssxs"),
        ])
    func reading(name: String, syllables: String, initials: String) {
        #expect(Pinyin(name).text == syllables)
        #expect(Pinyin(name).initials == initials)
    }

    @Test(
        "Latin letters and digits stay, signs go",
        arguments: [
            ("维生素B12片", "wei sheng su b12 pian", "wssb12p"), ("注射器（带针）", "zhu she qi dai zhen", "zsqdz"),
            ("复方α-酮酸片", "fu fang a tong suan pian", "ffatsp"), ("硝苯地平Ⅱ", "xiao ben di ping ii", "xbdpi"),
            ("ＡＢ", "ab", "a"), ("", "", ""), ("（）", "", ""),
        ])
    func otherCharacters(name: String, syllables: String, initials: String) {
        #expect(Pinyin(name).text == syllables)
        #expect(Pinyin(name).initials == initials)
    }

    @Test(
        "a written reading is small letters and digits, parted by single blanks",
        arguments: [
            ("ren shen pian", true), ("wei sheng su b12", true), ("Ren shen", false), ("ren  shen", false),
            (" ren", false),
            ("rén shēn", false), ("", false), ("ren-shen", false),
        ])
    func writtenReading(text: String, isValid: Bool) {
        #expect((Pinyin(written: text) != nil) == isValid)
    }

    @Test("the reviewed table agrees with every reading the shipped catalogues write themselves")
    func shippedReadings() throws {
        var compared = 0
        for folder in ["herbal-pieces", "products", "mongolian-medicines", "consumables"] {
            let file = try CatalogFile(Array(try shippedCatalog("\(folder)/products.csv").utf8))
            let name = try #require(file.header.firstIndex(of: "generic_name"))
            let pinyin = try #require(file.header.firstIndex(of: "pinyin"))
            for record in file.records where !record.fields[pinyin].isEmpty && !record.fields[name].contains("Ⅱ") {
                compared += 1
                #expect(Pinyin(record.fields[name]).text == record.fields[pinyin], "\(record.fields[name])")
            }
        }
        #expect(compared > 50)
    }

    @Test("every name of the national list has a reading for each of its Chinese characters")
    func nationalList() throws {
        guard let path = SharedData.require("nrdl-2024/nrdl_2024.csv") else { return }
        let file = try CatalogFile(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        let name = try #require(file.header.firstIndex(of: "name"))
        for record in file.records {
            let text = record.fields[name]
            let chinese = text.unicodeScalars.count { $0.properties.isIdeographic }
            #expect(Pinyin(text).syllables.count >= chinese, "\(text): \(Pinyin(text).text)")
        }
    }
}
