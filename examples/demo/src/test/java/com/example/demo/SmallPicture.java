package com.example.demo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** A picture of a page in 256 of its own colours, which takes half the bytes. */
final class SmallPicture {
  private static final int COLOURS = 256;

  /** Colours that agree in these bits look alike, and the commonest stands for all. */
  private static final int ALIKE = 0xf0f0f0;

  private final BufferedImage picture;
  private final int[] palette;

  private SmallPicture(BufferedImage picture) {
    this.picture = picture;
    Map<Integer, Integer> counts = new HashMap<>();
    for (int color : pixels()) {
      counts.merge(color, 1, Integer::sum);
    }
    Map<Integer, Integer> commonest = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .forEach(entry -> commonest.putIfAbsent(entry.getKey() & ALIKE, entry.getKey()));
    palette = commonest.values().stream().limit(COLOURS).mapToInt(color -> color).toArray();
  }

  static byte[] of(byte[] png) throws IOException {
    return new SmallPicture(ImageIO.read(new ByteArrayInputStream(png))).write();
  }

  private int[] pixels() {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  private byte[] write() throws IOException {
    int width = picture.getWidth();
    IndexColorModel model =
        new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage small =
        new BufferedImage(width, picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    Map<Integer, Integer> nearest = new HashMap<>();
    int i = 0;
    for (int color : pixels()) {
      int index = nearest.computeIfAbsent(color, this::nearest);
      small.getRaster().setSample(i % width, i / width, 0, index);
      i++;
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(small, "png", png);
    return png.toByteArray();
  }

  private int nearest(int color) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(color, palette[i]) < distance(color, palette[best])) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int apart = (one >> shift & 255) - (other >> shift & 255);
      sum += apart * apart;
    }
    return sum;
  }
}
